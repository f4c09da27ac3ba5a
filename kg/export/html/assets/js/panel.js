/** Details: of a thing, of what is between two things, of a way from one to another, or of the graph as a whole. */
import { byId, cut, el, plural } from "./dom.js";
import { claimsOf, data, degree, facts, factsOf, isPaper, measures, nameIn, nameOf, naming, nodes, otherEnd } from "./data.js";
import { abstractView, claimView, confidence } from "./evidence.js";
import { claimLives, isFiltered, liveFacts, liveNodes } from "./filters.js";
import { hanging, hiddenNeighbours, liveNeighbours } from "./stage.js";
import { glyph } from "./theme.js";

const panel = byId("panel");
const FEW = 6;

function fill(children, idle = false) {
  panel.replaceChildren(...children.flat(Infinity).filter(Boolean));
  panel.classList.toggle("idle", idle);
  panel.scrollTop = 0;
}

/** A list that shows its first few items and the rest when asked: a hub has hundreds. */
function someOf(items, view, few = FEW) {
  const box = el("div", {}, items.slice(0, few).map(view));
  if (items.length > few) {
    const rest = el("button", { class: "link more", type: "button", text: `Show all ${items.length}`, on: { click: () => {
      rest.replaceWith(...items.slice(few).map(view));
    } } });
    box.append(rest);
  }
  return box;
}

const heading = (text, count) => el("h3", {}, el("span", { text }), count === undefined ? null : el("span", { class: "count", text: String(count) }));

const langOf = (text) => (/[\u3400-\u9fff]/.test(text) ? "zh-Hans" : null);

function head(kind, title, second, actions) {
  const close = el("button", { class: "close", type: "button", "aria-label": "Close details", text: "×", on: { click: actions.clear } });
  return el("header", {},
    el("div", {}, el("p", { class: "kind" }, kind), el("h2", { text: title, title, lang: langOf(title) }),
      second ? el("p", { class: "second", text: second, title: second, lang: langOf(second) }) : null), close);
}

/** A thing by sign and name, which stay together where a line breaks. */
function named(i, length, actions) {
  return el("span", { class: "end" }, glyph(nodes[i].type),
    el("button", { class: "link", type: "button", lang: langOf(nameOf(i)), text: cut(nameOf(i), length), on: { click: () => actions.select(i) } }));
}

/** One fact as seen from `i`: the other end, then quotes. */
function factView(fact, i, actions) {
  const other = otherEnd(fact, i);
  const claims = fact.claims.filter(claimLives);
  const inPaper = isPaper(i);
  const quote = (claim) => claimView(claim, { goTo: actions.select, inPaper: inPaper && claim.paper === i, withConfidence: claims.length > 1 });
  return el("div", { class: "fact" },
    el("div", { class: "head" }, named(other, 90, actions),
      claims.length === 1 ? confidence(claims[0].conf) : null),
    claims.length ? someOf(claims, quote, 2) : null);
}

/** Facts of `i` by relation and direction. */
function groupsOf(i) {
  const groups = new Map();
  for (const fact of factsOf[i]) {
    if (!liveFacts[fact.index]) continue;
    const out = fact.s === i;
    // A relation that reads the same from both ends is one group.
    const key = out ? fact.relation.label : fact.relation.inverse;
    if (!groups.has(key)) groups.set(key, { title: key, facts: [], out, rank: data.relations.indexOf(fact.relation) });
    groups.get(key).facts.push(fact);
  }
  for (const group of groups.values()) group.facts.sort((a, b) => degree(otherEnd(b, i)) - degree(otherEnd(a, i)) || a.index - b.index);
  return [...groups.values()].sort((a, b) => a.rank - b.rank || (a.out ? -1 : 1));
}

const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 3 });
const number = new Intl.NumberFormat("en", { maximumFractionDigits: 6 });

function measureView(measure, i, actions) {
  const value = Number(measure.value);
  const exact = Number.isFinite(value) ? number.format(value) : measure.value;
  const text = Math.abs(value) >= 1e6 ? compact.format(value) : exact;
  const unit = measure.unit === "%" ? "%" : measure.unit ? ` ${measure.unit}` : "";
  const link = (j) => el("button", { class: "link", type: "button", text: nameOf(j), on: { click: () => actions.select(j) } });
  const what = [];
  if (measure.of !== undefined && measure.of !== i) what.push(link(measure.of));
  if (measure.metric !== undefined && measure.metric !== i) what.push(what.length ? ", " : "", link(measure.metric));
  if (measure.stated) what.push(what.length ? " · " : "", `“${measure.stated}”`);
  return el("div", { class: "number" },
    el("b", { title: exact, text: `${text}${measure.uncertainty ? ` ± ${measure.uncertainty}` : ""}${unit}` }), el("span", { class: "what" }, what),
    claimView(measure, { goTo: actions.select, inPaper: i === measure.paper }));
}

export function showNode(i, actions) {
  const node = nodes[i];
  const title = nameOf(i);
  const second = nameIn(i, naming.lang === "en" ? "zh" : "en");
  const aliases = [...(node.en ?? []).slice(1), ...(node.zh ?? []).slice(1)].filter((name) => name !== title && name !== second);
  const numbers = measures.filter((m) => m.paper === i || m.of === i || m.metric === i);
  const more = hiddenNeighbours(i).length;
  const less = hanging(i).length;
  const about = isPaper(i) ? [node.identifier?.filter((id) => id !== title).join(" · "), node.date, node.creator && cut(node.creator.join(", "), 160)] : [];
  const own = (claimsOf.get(i) ?? []).filter(claimLives);
  fill([
    head([glyph(node.type), node.type], title, second === title ? null : second, actions),
    aliases.length ? el("p", { class: "aliases" }, "Also: ", aliases.slice(0, 12).map((name) => el("span", { lang: langOf(name), text: name }))) : null,
    about.some(Boolean) ? el("p", { class: "meta", text: about.filter(Boolean).join(" · ") }) : null,
    el("div", { class: "actions" },
      more ? el("button", { type: "button", id: "expand", text: `Expand (+${Math.min(more, 40)}${more > 40 ? ` of ${more}` : ""})`, on: { click: () => actions.expand(i) } }) : null,
      less ? el("button", { type: "button", id: "collapse", text: `Collapse (−${less})`, on: { click: () => actions.collapse(i) } }) : null,
      el("button", { type: "button", id: "path-from", text: "Path to…", on: { click: () => actions.startPath(i) } }),
      el("button", { type: "button", text: "Copy link", on: { click: actions.copyLink } })),
    node.abstract ? el("details", {}, el("summary", { text: "Abstract" }), abstractView(node.abstract, own)) : null,
    groupsOf(i).map((group) => [heading(group.title, group.facts.length), someOf(group.facts, (fact) => factView(fact, i, actions))]),
    numbers.length ? [heading("Reported numbers", numbers.length), someOf(numbers, (m) => measureView(m, i, actions))] : null,
    isPaper(i) ? saidBy(i, own, actions) : null,
    factsOf[i].length === 0 ? el("p", { class: "hint", text: "Nothing else in this view is connected to it." }) : null,
  ]);
}

/** What the paper says of other things: facts between entities that its words prove. */
function saidBy(i, own, actions) {
  const about = own.map((claim) => ({ claim, fact: facts[claim.fact] })).filter(({ fact }) => fact.s !== i && liveFacts[fact.index]);
  if (about.length === 0) return null;
  return [heading("It says that", about.length), someOf(about, ({ claim, fact }) =>
    el("div", { class: "fact" }, sentence(fact, actions), claimView(claim, { goTo: actions.select, inPaper: true })))];
}

/** Subject, relation, object in a line. */
function sentence(fact, actions) {
  return el("div", { class: "head" }, named(fact.s, 60, actions), el("span", { class: "verb", text: fact.relation.label }), named(fact.o, 60, actions));
}

const factWithEvidence = (actions) => (fact) =>
  el("div", { class: "fact" }, sentence(fact, actions),
    someOf(fact.claims.filter(claimLives), (claim) => claimView(claim, { goTo: actions.select, inPaper: claim.paper === fact.s }), 4),
    fact.claims.length === 0 ? el("p", { class: "hint", text: "The graph states this without a quote." }) : null);

/** All that holds between the two ends of a line. */
export function showEdge(fact, actions) {
  const between = factsOf[fact.s].filter((other) => otherEnd(other, fact.s) === otherEnd(fact, fact.s) && liveFacts[other.index]);
  between.sort((a, b) => (a === fact ? -1 : b === fact ? 1 : a.index - b.index));
  fill([
    head(["Evidence"], fact.relation.label, `${cut(nameOf(fact.s), 60)} → ${cut(nameOf(fact.o), 60)}`, actions),
    heading(plural(between.length, "fact"), undefined),
    between.map(factWithEvidence(actions)),
  ]);
}

export function showPath(from, to, steps, actions) {
  fill([
    head(["Path"], `${cut(nameOf(from), 60)} → ${cut(nameOf(to), 60)}`, steps ? plural(steps.length, "step") : null, actions),
    steps === null ? el("p", { class: "hint", text: "Nothing in this view connects them under the present filters." }) : el("ol", { class: "steps" }, steps.map((fact) => el("li", {}, factWithEvidence(actions)(fact)))),
  ]);
}

export function showPathChoice(from, actions) {
  fill([
    head([glyph(nodes[from].type), "Path"], `From ${cut(nameOf(from), 60)} to…`, null, actions),
    el("p", { class: "hint", text: "Choose the other end: click it on the map, or search for it." }),
    el("div", { class: "actions" }, el("button", { type: "button", text: "Cancel", on: { click: () => actions.select(from) } })),
  ]);
}

/** What is in the graph under the present filters, while nothing is selected. */
export function showAbout(actions) {
  // Without filters every neighbour lives.
  const near = nodes.map((_, i) => (isFiltered() ? liveNeighbours(i).length : degree(i)));
  const rank = (paper) => nodes.map((_, i) => i).filter((i) => isPaper(i) === paper && liveNodes[i]).sort((a, b) => near[b] - near[a] || a - b);
  const lives = (fact) => liveFacts[fact.index];
  const quoted = facts.filter(lives).flatMap((fact) => fact.claims.filter((claim) => claim.quotes && claimLives(claim)));
  const papers = rank(true);
  const things = rank(false);
  const stat = (value, label) => el("div", {}, el("b", { text: value.toLocaleString("en") }), el("span", { text: label }));
  const row = (i) => el("button", { type: "button", on: { click: () => actions.select(i) } }, glyph(nodes[i].type), el("span", { class: "words", text: nameOf(i), lang: langOf(nameOf(i)) }), el("span", { class: "count", text: String(near[i]) }));
  fill([
    el("h2", { text: "What is in this graph" }),
    el("div", { class: "stats" }, stat(papers.length, "papers"), stat(things.length, "things"), stat(facts.filter(lives).length, "facts"), stat(quoted.length, "quotes")),
    el("p", { class: "hint", text: "Click a thing for its names, facts and the words that prove them; click a line for its evidence; double-click to expand." }),
    things.length ? [heading("Most connected"), el("div", { class: "top" }, someOf(things, row, 10))] : null,
    papers.length ? [heading("Papers"), el("div", { class: "top" }, someOf(papers, row, 10))] : null,
    nodes.length === 0 ? el("p", { class: "hint", text: "The graph holds nothing that can be shown." }) : null,
  ], true);
}
