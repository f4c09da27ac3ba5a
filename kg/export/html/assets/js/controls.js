/** Legend and filters, and the search field. */
import { byId, el, say } from "./dom.js";
import { data, nameIn, nameOf, naming, nodes } from "./data.js";
import { filters, firstYear, lastYear, relationCounts, resetFilters, typeCounts } from "./filters.js";
import { find, matchedName, nothingFound } from "./search.js";
import { glyph } from "./theme.js";

function check(sign, text, count, hidden, name) {
  return (changed) => el("label", { class: "check" },
    el("input", { type: "checkbox", checked: !hidden.has(name), on: { change: (event) => {
      hidden[event.target.checked ? "delete" : "add"](name);
      changed();
    } } }),
    sign, el("span", { class: "words", text }), el("span", { class: "count", text: count.toLocaleString("en") }));
}

/**
 * The legend is the filter: each sign with its type, its number and a way to leave it out. On a narrow screen it is a drawer, which
 * `close` puts away.
 */
export function drawSide(changed, close) {
  const papers = (r) => ["introduces", "uses", "studies", "mentions", "creator"].includes(r.name);
  const relations = (of) => data.relations.filter(of).map((r) => check(el("span", { class: "dash", "aria-hidden": "true", text: papers(r) ? "—" : "→" }), r.label, relationCounts.get(r.name), filters.relations, r.name)(changed));
  const open = window.innerHeight > 760 && data.relations.length < 18;
  const years = firstYear !== null && firstYear < lastYear;
  const year = (key, label) => el("input", { type: "number", min: firstYear, max: lastYear, value: filters[key], "aria-label": label, on: { change: (event) => {
    filters[key] = Math.min(Math.max(Number(event.target.value) || (key === "from" ? firstYear : lastYear), firstYear), lastYear);
    event.target.value = filters[key];
    changed();
  } } });
  const shown = el("output", { for: "confidence", text: `${Math.round(filters.confidence * 100)}%` });
  const hasConfidence = data.claims.some((claim) => claim.conf !== undefined);
  byId("side").replaceChildren(...[
    el("button", { class: "close narrow", type: "button", "aria-label": "Close filters", text: "×", on: { click: close } }),
    el("h2", { text: "Types" }),
    ...data.types.map((type) => check(glyph(type.name), type.plural, typeCounts.get(type.name), filters.types, type.name)(changed)),
    data.relations.length ? el("details", { open }, el("summary", {}, el("h2", { text: "Relations" })), relations((r) => !papers(r)), relations(papers)) : null,
    ...(years ? [el("h2", { text: "Years of papers" }), el("div", { class: "range" }, year("from", "From year"), "–", year("to", "To year"))] : []),
    ...(hasConfidence ? [el("h2", { text: "Least confidence" }), el("div", { class: "range" },
      el("input", { id: "confidence", type: "range", min: 0, max: 1, step: 0.05, value: filters.confidence, "aria-label": "Least confidence", on: {
        input: (event) => {
          shown.textContent = `${Math.round(Number(event.target.value) * 100)}%`;
        },
        change: (event) => {
          filters.confidence = Number(event.target.value);
          changed();
        },
      } }), shown)] : []),
    el("button", { class: "reset", type: "button", text: "Reset filters", on: { click: () => {
      resetFilters();
      drawSide(changed, close);
      changed();
    } } }),
  ].filter(Boolean));
}

/** A combobox as the ARIA practices describe it: focus stays in the field, the arrows move through the results. */
export function setUpSearch(choose) {
  const field = byId("search");
  const list = byId("results");
  let hits = [];
  let active = -1;

  const close = () => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const activate = (k) => {
    active = k;
    [...list.children].forEach((item, j) => item.setAttribute("aria-selected", String(j === k)));
    if (k >= 0) field.setAttribute("aria-activedescendant", `hit-${k}`);
    list.children[k]?.scrollIntoView({ block: "nearest" });
  };
  const take = (k) => {
    if (hits[k] === undefined) return;
    field.value = "";
    close();
    field.blur();
    choose(hits[k]);
  };
  const draw = () => {
    hits = find(field.value);
    list.replaceChildren(...hits.map((i, k) => {
      const other = matchedName(i, field.value) ?? nameIn(i, naming.lang === "en" ? "zh" : "en");
      return el("li", { id: `hit-${k}`, role: "option", "aria-selected": "false", on: { mousedown: (event) => event.preventDefault(), click: () => take(k) } },
        glyph(nodes[i].type),
        el("span", { class: "name" }, nameOf(i), other && other !== nameOf(i) ? el("span", { class: "other", text: other }) : null),
        el("span", { class: "kind", text: nodes[i].type }));
    }));
    const asked = field.value.trim() !== "";
    if (asked && hits.length === 0) list.append(el("li", { class: "none", role: "option", "aria-disabled": "true", text: nothingFound() }));
    list.hidden = !asked;
    field.setAttribute("aria-expanded", String(asked));
    if (asked) say(hits.length ? `${hits.length} results` : nothingFound());
    activate(hits.length ? 0 : -1);
  };
  field.addEventListener("input", draw);
  field.addEventListener("focus", () => field.value && draw());
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && hits.length) activate((active + 1) % hits.length);
    else if (event.key === "ArrowUp" && hits.length) activate((active + hits.length - 1) % hits.length);
    else if (event.key === "Enter") take(Math.max(active, 0));
    else if (event.key === "Escape") {
      field.value = "";
      close();
      field.blur();
    } else return;
    event.preventDefault();
  });
}
