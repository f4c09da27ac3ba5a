/** The list view: what the map shows as headings and tables, for reading, for keyboards and for screen readers. */
import { byId, el, plural } from "./dom.js";
import { data, degree, factsOf, nameIn, nameOf, naming, nodes, otherEnd } from "./data.js";
import { liveFacts } from "./filters.js";
import { shownNodes } from "./stage.js";
import { glyph } from "./theme.js";

// Rows past this are asked for: a table of thousands makes slow pages.
const ROWS = 200;

export function drawList(actions) {
  const shown = shownNodes().sort((a, b) => degree(b) - degree(a) || a - b);
  const list = byId("list");
  const parts = [];
  for (const type of data.types) {
    const own = shown.filter((i) => nodes[i].type === type.name);
    if (own.length === 0) continue;
    const body = el("tbody", {}, own.slice(0, ROWS).map((i) => row(i, actions)));
    parts.push(
      el("h2", {}, glyph(type.name), `${type.plural} (${own.length})`),
      el("table", { "aria-label": type.plural },
        el("thead", {}, el("tr", {}, ["Name", "Other name", "Facts"].map((text) => el("th", { scope: "col", text })))), body));
    if (own.length > ROWS) {
      const more = el("button", { type: "button", text: `Show all ${own.length}`, on: { click: () => {
        body.append(...own.slice(ROWS).map((i) => row(i, actions)));
        more.remove();
      } } });
      parts.push(more);
    }
  }
  if (parts.length === 0) parts.push(el("p", { class: "hint", text: "Nothing passes the filters." }));
  list.replaceChildren(...parts);
}

function row(i, actions) {
  const other = nameIn(i, naming.lang === "en" ? "zh" : "en");
  const live = factsOf[i].filter((fact) => liveFacts[fact.index]);
  const near = new Set(live.map((fact) => otherEnd(fact, i))).size;
  return el("tr", {},
    el("th", { scope: "row" }, el("button", { class: "link", type: "button", text: nameOf(i), on: { click: () => actions.select(i, { focus: true }) } })),
    el("td", { text: other && other !== nameOf(i) ? other : "" }),
    el("td", { text: live.length.toLocaleString("en"), title: plural(near, "neighbour") }));
}
