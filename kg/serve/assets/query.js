/** The query page: colours, completion, an answer as table, chart or graph, and a link to share. The form works without it. */
import { byId, el, getJson } from "./dom.js";
import { showAnswer } from "./results.js";
import { completions, pieces } from "./sparql.js";

const field = byId("query");
const shown = byId("shown");
const answer = byId("answer");
let terms = [];
let prefixes = {};
let asked = 0;

function colour() {
  shown.replaceChildren(...pieces(`${field.value}\n`).map(([words, kind]) => (kind ? el("span", { class: kind, text: words }) : words)));
  shown.scrollTop = field.scrollTop;
}

const list = el("ul", { class: "suggestions", id: "completions", role: "listbox", "aria-label": "Completions", hidden: true });
field.parentElement.after(el("div", { class: "field" }, list));
let offer = { begun: "", found: [] };
let active = 0;

function offerCompletions() {
  offer = completions(field.value, field.selectionStart, terms, prefixes);
  active = 0;
  list.hidden = offer.found.length === 0;
  drawOffer();
}

function drawOffer() {
  list.replaceChildren(...offer.found.map((word, k) => el("li", { role: "option", id: `word-${k}`, "aria-selected": String(k === active), text: word,
    on: { mousedown: (event) => event.preventDefault(), click: () => complete(word) } })));
  if (list.hidden) field.removeAttribute("aria-activedescendant");
  else field.setAttribute("aria-activedescendant", `word-${active}`);
}

function complete(word) {
  const end = field.selectionStart;
  field.setRangeText(word, end - offer.begun.length, end, "end");
  list.hidden = true;
  colour();
}

/** The query that the address has, if it has one. */
const addressed = () => new URLSearchParams(window.location.search).get("query");

/** Ask, and where the reader did so, leave the query before to the browser's Back button. */
async function ask(event) {
  event?.preventDefault();
  const mine = (asked += 1);
  answer.replaceChildren(el("p", { class: "hint", text: "Asking…" }));
  const begun = performance.now();
  try {
    const response = await fetch("/sparql", { method: "POST", headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json, text/turtle" }, body: field.value });
    const text = await response.text();
    if (mine !== asked) return;
    if (!response.ok) throw new Error(text.trim());
    const found = response.headers.get("content-type").includes("json") ? JSON.parse(text) : { turtle: text };
    showAnswer(answer, found, Math.round(performance.now() - begun));
    if (event && addressed() !== field.value) window.history.pushState(null, "", link());
  } catch (error) {
    if (mine !== asked) return;
    answer.replaceChildren(el("p", { class: "problem", role: "alert", text: error.message }));
  }
  answer.dataset.ready = "true";
}

const link = () => `/query?query=${encodeURIComponent(field.value)}`;

async function share(event) {
  const button = event.currentTarget;
  const url = window.location.origin + link();
  try {
    await navigator.clipboard.writeText(url);
    button.textContent = "Link copied";
  } catch {
    // Without leave to write to the clipboard, the link stands where it can be copied by hand.
    button.after(el("a", { href: url, text: "link to this query" }));
  }
}

field.addEventListener("input", () => {
  colour();
  offerCompletions();
});
field.addEventListener("scroll", () => (shown.scrollTop = field.scrollTop));
field.addEventListener("blur", () => (list.hidden = true));
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return ask(event);
  if (list.hidden) return undefined;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") active = (active + (event.key === "ArrowDown" ? 1 : offer.found.length - 1)) % offer.found.length;
  else if (event.key === "Tab" || event.key === "Enter") complete(offer.found[active]);
  else if (event.key === "Escape") list.hidden = true;
  else return undefined;
  event.preventDefault();
  drawOffer();
  return undefined;
});
field.setAttribute("aria-describedby", "editor-help");
field.setAttribute("aria-controls", "completions");
byId("tools").append(el("button", { type: "button", id: "share", text: "Copy link", on: { click: share } }), el("span", { class: "hint", id: "editor-help", text: "Ctrl+Enter asks. Tab takes a completion, Escape puts them away." }));
byId("ask").addEventListener("submit", ask);
field.parentElement.classList.add("on");
colour();
// The server has answered a query in the address; here it is answered again with its chart and graph.
if (field.value.trim() && addressed() !== null) ask();
window.addEventListener("popstate", () => {
  const before = addressed();
  // To skip to a part of the page changes the address too, and asks nothing.
  if (before === field.value) return;
  field.value = before ?? field.defaultValue;
  list.hidden = true;
  colour();
  if (before !== null) ask();
  else {
    asked += 1;
    answer.replaceChildren();
  }
});
try {
  ({ terms, prefixes } = await getJson("/terms.json"));
} catch {
  // Without our terms there is the language's own words to complete.
}
document.documentElement.dataset.ready = "true";
