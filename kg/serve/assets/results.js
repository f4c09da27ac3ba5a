/** An answer as a table, as a chart where there is a number in it, as a graph where there are two things in a row. */
import { cut, el, safeHref, svg } from "./dom.js";
import { Net } from "./net.js";

const ROWS = 1000;
const BARS = 40;
const NODES = 150;
const LOCAL = "/id/";

export function showAnswer(holder, found, took) {
  if (found.turtle !== undefined) return holder.replaceChildren(el("pre", { text: found.turtle }));
  if (found.boolean !== undefined) return holder.replaceChildren(el("p", { class: "truth", text: found.boolean ? "yes" : "no" }));
  const columns = found.head.vars;
  const rows = found.results.bindings.map((row) => Object.assign(Object.create(null), row));
  const body = el("div");
  const forms = [["Table", () => table(columns, rows)]];
  const chart = chartOf(columns, rows);
  if (chart) forms.push(["Chart", () => chart]);
  const ends = columns.filter((name) => rows.some((row) => row[name]?.type === "uri")).slice(0, 2);
  if (ends.length === 2) forms.push(["Graph", () => graph(ends, rows, columns)]);
  const buttons = forms.map(([name, make], k) => el("button", { type: "button", "aria-pressed": String(k === 0), text: name, on: { click: (event) => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button === event.currentTarget));
    const made = make();
    body.replaceChildren(made.element ?? made);
    made.start?.();
  } } }));
  body.append(table(columns, rows));
  return holder.replaceChildren(
    el("p", { text: `${rows.length.toLocaleString("en")} rows in ${took} ms${rows.length > ROWS ? `, of which the first ${ROWS} are shown` : ""}` }),
    forms.length > 1 ? el("div", { class: "field", role: "group", "aria-label": "Show the answer as" }, buttons) : "", body);
}

function table(columns, rows) {
  return el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Answer" }, el("table", {},
    el("thead", {}, el("tr", {}, columns.map((name) => el("th", { scope: "col", text: name })))),
    el("tbody", {}, rows.slice(0, ROWS).map((row) => el("tr", {}, columns.map((name) => el("td", {}, cell(row[name]))))))));
}

function cell(value) {
  if (!value) return null;
  if (value.type !== "uri") {
    const text = value.type === "triple" ? JSON.stringify(value.value) : value.value;
    return [el("bdi", { text }), value["xml:lang"] ? el("small", { text: ` ${value["xml:lang"]}` }) : null];
  }
  const href = safeHref(hrefOf(value.value));
  return href ? el("a", { href, rel: "noopener noreferrer nofollow", text: shortOf(value.value) }) : el("bdi", { text: value.value });
}

/** Resources of the graph are on this server; what they are called under is on the page. */
const base = document.querySelector("[data-base]").dataset.base;
const hrefOf = (iri) => (iri.startsWith(base) ? LOCAL + iri.slice(base.length).split("/").map(encodeURIComponent).join("/") : iri);
const shortOf = (iri) => (iri.startsWith(base) ? iri.slice(base.length) : iri);
const isNumber = (value) => value?.type === "literal" && value.value.trim() !== "" && Number.isFinite(Number(value.value));

/** A bar a row, if some column holds numbers and another says what they are of. */
function chartOf(columns, rows) {
  const some = rows.slice(0, BARS);
  const measure = columns.findLast((name) => some.length > 0 && some.every((row) => isNumber(row[name])));
  const label = columns.find((name) => name !== measure && some.every((row) => row[name]));
  if (!measure || !label) return null;
  const values = some.map((row) => [row[label].type === "uri" ? shortOf(row[label].value) : row[label].value, Number(row[measure].value)]);
  const most = Math.max(...values.map(([, n]) => Math.abs(n))) || 1;
  return svg("svg", { class: "chart", viewBox: `0 0 640 ${values.length * 24}`, role: "img", "aria-label": `${measure} by ${label}` }, values.map(([name, n], k) => svg("g", {},
    svg("text", { x: 0, y: k * 24 + 16, text: cut(name, 30) }), svg("rect", { x: 230, y: k * 24 + 4, width: Math.max((Math.abs(n) / most) * 310, 1), height: 16, rx: 2 }),
    svg("text", { x: 236 + (Math.abs(n) / most) * 310, y: k * 24 + 16, text: n.toLocaleString("en") }))));
}

function graph([from, to], rows, columns) {
  const holder = svg("svg", { class: "net", role: "group", "aria-label": "The answer as a graph" });
  const things = new Map();
  const edges = [];
  const name = columns.find((column) => /name|label|title/i.test(column));
  const other = columns.find((column) => column !== from && column !== to && rows[0]?.[column]?.type !== "literal");
  const add = (value, called) => {
    const kind = shortOf(value).split("/")[0];
    things.set(value, { iri: value, name: called ?? shortOf(value).split("/").at(-1), kind: kind.charAt(0).toUpperCase() + kind.slice(1) });
  };
  for (const row of rows) {
    if (row[from]?.type !== "uri" || row[to]?.type !== "uri" || things.size >= NODES) continue;
    add(row[from].value, name && row[name]?.value);
    if (!things.has(row[to].value)) add(row[to].value);
    edges.push({ subject: row[from].value, object: row[to].value, relation: other ? shortOf(row[other]?.value ?? "") : to });
  }
  return { element: el("div", { class: "picture" }, holder), start: () => new Net(holder, ({ iri }) => safeHref(hrefOf(iri)) && window.location.assign(hrefOf(iri))).add([...things.values()], edges) };
}
