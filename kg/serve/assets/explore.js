/** The explorer: what is next to a thing, and the way to another, is loaded when it is asked for, a handful at a time, and folded away again. */
import { byId, el, getJson, safeHref, typeClass } from "./dom.js";
import { Net } from "./net.js";
import { suggest } from "./suggest.js";

const explorer = byId("explorer");
const MOST = 400;
// Things that an address opens at most.
const OPEN = 12;
/** iri -> { asked: neighbours asked for, more: how many there are yet, came: what joined the picture with it } */
const opened = new Map();
let net = null;
/** The ends of the way that is shown, and what it was to keep clear of, as fields of an address; none if there is no way. */
let ends = [];
/** How often the picture was begun anew: what was asked for an earlier one is no part of it. */
let begun = 0;
/** Whether the picture is just being made as its address says, which is then no news for the address. */
let making = false;
/** The address's fields, as they were last written. */
let noted = "";

function tell(thing, note = "") {
  const { more = 0, came = [] } = opened.get(thing.iri) ?? {};
  const facts = net.edgesOf(thing.iri);
  byId("about").replaceChildren(...[
    el("p", { class: `kind thing ${typeClass(thing.kind)}`, text: thing.kind }), el("h2", { text: thing.name }),
    el("p", {}, safeHref(thing.href) ? el("a", { href: thing.href, text: "its page, with the evidence" }) : null),
    note ? el("p", { class: "hint", text: note }) : null,
    el("p", { class: "field" },
      more > 0 || !opened.has(thing.iri) ? el("button", { type: "button", id: "more", text: opened.has(thing.iri) ? `${more.toLocaleString("en")} more` : "what is next to it", on: { click: () => load(thing) } }) : null,
      came.length && (opened.size > 1 || ends.length) ? el("button", { type: "button", id: "fold", text: "fold away", on: { click: () => fold(thing) } }) : null),
    facts.length ? el("ul", { class: "plain", "aria-label": "Shown facts" }, facts.map(({ subject, object, relation }) => el("li", {},
      subject === thing.iri ? [el("i", { class: "verb", text: relation }), " ", name(object)] : [name(subject), " ", el("i", { class: "verb", text: relation })]))) : null,
  ].filter(Boolean));
}

const name = (iri) => el("bdi", { text: net.things.get(iri).name });

/** What is looked at comes back with the page, and with the browser's Back button: where it began, what was opened from there, and how much of each. */
function note(how = "pushState") {
  const [first, ...others] = ends.length ? [null, ...opened.keys()] : opened.keys();
  if (first === undefined || making) return;
  const fields = [...(ends.length ? ends : [["node", first]]), ...others.slice(0, OPEN).map((iri) => ["open", iri])];
  const address = new URL(`/explore?${fields.map(([key, iri]) => `${key}=${encodeURIComponent(iri)}`).join("&")}`, window.location.href);
  const much = Object.fromEntries([...opened].map(([iri, { asked }]) => [iri, asked]));
  window.history[address.search === window.location.search ? "replaceState" : how](much, "", address);
  noted = address.search;
}

/** Load more of what is next to a thing; whether any came. */
async function load(thing) {
  if (net.things.size >= MOST) {
    tell(thing, "The picture is full: fold something away, or begin anew from here.");
    return false;
  }
  const { asked = 0, came = [] } = opened.get(thing.iri) ?? {};
  const mine = begun;
  try {
    const found = await getJson(`/explore.json?node=${encodeURIComponent(thing.iri)}&skip=${asked}`);
    if (mine !== begun) return false;
    const fresh = [found.centre, ...found.things].filter(({ iri }) => !net.things.has(iri));
    opened.set(found.centre.iri, { asked: asked + found.things.length, more: found.more, came: [...came, ...fresh.map(({ iri }) => iri)] });
    net.chosen = found.centre.iri;
    net.add([found.centre, ...found.things], found.edges, found.centre.iri);
    tell(found.centre);
    note();
    explorer.dataset.ready = String(net.things.size);
    return true;
  } catch (error) {
    if (mine === begun) tell(thing, error.message);
  }
  return false;
}

/** The way to another thing as a row; its words stand in the page below. */
async function lead(asked) {
  ends = [["node", explorer.dataset.node], ["to", explorer.dataset.to], ...asked.getAll("avoid").map((iri) => ["avoid", iri])];
  const mine = begun;
  const { start, things, steps } = await getJson(`/way.json?${new URLSearchParams(ends)}`);
  if (mine !== begun) return;
  net.chosen = start.iri;
  net.chain(things, steps);
  tell(things[0], `${steps.length} step${steps.length === 1 ? "" : "s"}; the words that prove each stand below.`);
  explorer.dataset.ready = String(net.things.size);
}

/** Take away what came with a thing and hangs on it alone. */
function fold(thing) {
  const { came } = opened.get(thing.iri);
  opened.delete(thing.iri);
  net.remove(came.filter((iri) => iri !== thing.iri && !opened.has(iri) && net.edgesOf(iri).every(({ subject, object }) => [subject, object].includes(thing.iri))));
  tell(thing);
  note();
  explorer.dataset.ready = String(net.things.size);
  byId("more").focus();
}

/** Make the picture that the address tells of; beside it the browser has kept how much was asked of each thing. */
async function show() {
  const mine = (begun += 1);
  const asked = new URLSearchParams(window.location.search);
  const much = window.history.state ?? {};
  const open = async (thing) => {
    // One after the other: where a thing comes to lie depends on what is there before it.
    while (await load(thing)) if (!(opened.get(thing.iri)?.asked < much[thing.iri])) break; // eslint-disable-line no-await-in-loop
  };
  making = true;
  opened.clear();
  net.clear();
  if (explorer.dataset.to) await lead(asked);
  else await open({ iri: asked.get("node") || explorer.dataset.node, name: "", kind: "" });
  for (const iri of asked.getAll("open").slice(0, OPEN)) if (mine === begun && net.things.has(iri) && !opened.has(iri)) await open(net.things.get(iri)); // eslint-disable-line no-await-in-loop
  if (mine !== begun) return;
  making = false;
  note("replaceState");
}

suggest(byId("q"), ({ iri }) => window.location.assign(`/explore?node=${encodeURIComponent(iri)}`));
if (explorer) {
  suggest(byId("to"), ({ iri }) => window.location.assign(`/explore?${new URLSearchParams({ node: explorer.dataset.node, to: iri })}`));
  explorer.hidden = false;
  byId("explore-help").hidden = false;
  net = new Net(byId("graph"), (thing) => (opened.has(thing.iri) ? tell(thing) : load(thing)));
  await show();
  window.addEventListener("popstate", () => {
    // To skip to a part of the page changes the address too, and nothing in the picture.
    if (window.location.search !== noted) show();
  });
}
