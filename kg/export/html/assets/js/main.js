/** Wiring: what the reader does, what is shown for it, and the address that brings it back. */
import { byId, plural, say } from "./dom.js";
import { data, facts, factsOf, findIri, nameOf, naming, nodes, otherEnd } from "./data.js";
import { applyFilters, filters, firstYear, lastYear, liveFacts, liveNodes } from "./filters.js";
import { readAddress, writeAddress } from "./address.js";
import { drawSide, setUpSearch } from "./controls.js";
import { drawList } from "./list.js";
import { bringIntoView, fitMap, freeArea, network, nextInDirection, recolour, setFocus, syncMap, zoomBy } from "./map.js";
import { showAbout, showEdge, showNode, showPath, showPathChoice } from "./panel.js";
import { findPath } from "./paths.js";
import { savePng, saveTurtle } from "./save.js";
import { collapse, expand, hasMore, liveNeighbours, onStage, reveal, setRoom, showAll, showOpening, stage } from "./stage.js";
import { applyTheme, onTheme, toggleTheme } from "./theme.js";

/** What is looked at: a node, a fact, a path, or the choice of a path's end. */
const view = { node: null, fact: null, path: null, choosing: null, list: false };
const nothing = { node: null, fact: null, path: null, choosing: null };
/** Whether the view follows the address, instead of the address the view. */
let restoring = false;

const actions = {
  select(i, { focus = false, centre = true } = {}) {
    if (view.choosing !== null && view.choosing !== i) {
      actions.path(view.choosing, i);
      return;
    }
    Object.assign(view, nothing, { node: i });
    // A thing that is not on the map comes with what it is best connected to, so that it does not stand alone.
    if (!stage.places.has(i)) reveal([i, ...liveNeighbours(i).slice(0, 12)]);
    refresh();
    if (centre) bringIntoView(i);
    if (focus) byId("panel").focus();
    say(`${nameOf(i)}, ${nodes[i].type}, ${plural(factsOf[i].length, "fact")}`);
  },
  edge(fact) {
    Object.assign(view, nothing, { fact });
    refresh();
    say(`${nameOf(fact.s)} ${fact.relation.label} ${nameOf(fact.o)}`);
  },
  path(from, to) {
    const steps = findPath(from, to);
    Object.assign(view, nothing, { path: { from, to, steps } });
    const along = [from, to, ...(steps ?? []).flatMap((fact) => [fact.s, fact.o])];
    reveal([...new Set(along)]);
    refresh();
    fitMap(along);
    say(steps ? `Path of ${plural(steps.length, "step")}` : "No path");
  },
  startPath(i) {
    Object.assign(view, nothing, { choosing: i });
    refresh();
    byId("search").focus();
  },
  expand(i) {
    const count = expand(i);
    refresh();
    say(`${plural(count, "neighbour")} added`);
  },
  collapse(i) {
    const count = collapse(i);
    refresh();
    say(`${plural(count, "neighbour")} removed`);
  },
  clear() {
    // What had the keyboard in the panel is gone: it goes on where the panel was opened from.
    const inPanel = byId("panel").contains(document.activeElement);
    Object.assign(view, nothing);
    refresh();
    if (inPanel) byId(view.list ? "list" : "map").focus();
  },
  async copyLink() {
    save();
    try {
      await navigator.clipboard.writeText(window.location.href);
      say("Link copied");
      byId("save-button").textContent = "Copied";
      window.setTimeout(() => (byId("save-button").textContent = "Save"), 1500);
    } catch {
      window.prompt("Link to this view", window.location.href);
    }
  },
};

/** Panel, focus on the map and address, after anything that changes what is looked at. */
function refresh() {
  if (view.node !== null) showNode(view.node, actions);
  else if (view.fact) showEdge(view.fact, actions);
  else if (view.path) showPath(view.path.from, view.path.to, view.path.steps, actions);
  else if (view.choosing !== null) showPathChoice(view.choosing, actions);
  else showAbout(actions);
  setFocus(focusOf());
  network.unselectAll();
  if (view.node !== null && stage.places.has(view.node) && liveNodes[view.node]) network.selectNodes([view.node], false);
  save();
}

function focusOf() {
  const main = view.node ?? view.choosing;
  if (main !== null) {
    const own = factsOf[main].filter((fact) => liveFacts[fact.index]);
    return { main: [main], nodes: new Set([main, ...own.map((fact) => otherEnd(fact, main))]), facts: own.map((fact) => fact.index) };
  }
  if (view.fact) {
    const { s, o } = view.fact;
    return { main: [s, o], nodes: new Set([s, o]), facts: factsOf[s].filter((fact) => otherEnd(fact, s) === o).map((fact) => fact.index) };
  }
  if (view.path) {
    const along = new Set([view.path.from, view.path.to, ...(view.path.steps ?? []).flatMap((fact) => [fact.s, fact.o])]);
    return { main: [view.path.from, view.path.to], nodes: along, facts: (view.path.steps ?? []).map((fact) => fact.index) };
  }
  return null;
}

function save() {
  const iri = (i) => nodes[i].iri;
  const { fact, path } = view;
  writeAddress({
    node: view.node === null ? null : iri(view.node),
    fact: fact && [iri(fact.s), fact.relation.name, iri(fact.o)].join(" "),
    path: path && `${iri(path.from)} ${iri(path.to)}`,
    choosing: view.choosing === null ? null : iri(view.choosing),
    show: stage.kind === "all" ? "all" : null,
    open: opened(),
    hide: [...filters.types, ...filters.relations].join(","),
    from: filters.from === firstYear ? null : filters.from,
    to: filters.to === lastYear ? null : filters.to,
    least: filters.confidence || null,
    lang: naming.lang === "en" ? null : naming.lang,
    as: view.list ? "list" : null,
  }, restoring);
}

const opened = () => [...stage.grown.keys()].map((i) => nodes[i].iri).join(" ");

/** Bring back what the address says; what it names and the graph has not is passed over. */
function restore() {
  const wanted = readAddress();
  // Back to another thing on the same map: the map stays where the reader moved it.
  const anew = stage.places.size === 0 || (wanted.show === "all") !== (stage.kind === "all") || (wanted.open ?? "") !== opened();
  restoring = true;
  const year = (text, other) => (/^\d{4}$/.test(text ?? "") ? Number(text) : other);
  const hidden = (wanted.hide ?? "").split(",");
  filters.types = new Set(data.types.map((t) => t.name).filter((name) => hidden.includes(name)));
  filters.relations = new Set(data.relations.map((r) => r.name).filter((name) => hidden.includes(name)));
  Object.assign(filters, { from: year(wanted.from, firstYear), to: year(wanted.to, lastYear), confidence: Math.min(Math.max(Number(wanted.least) || 0, 0), 1) });
  naming.lang = wanted.lang === "zh" ? "zh" : "en";
  applyFilters();
  drawSide(filtersChanged, closeSide);
  setLanguageButton();
  setList(wanted.as === "list");
  if (anew) {
    if (wanted.show === "all") showAll("quiet");
    else showOpening("quiet");
    for (const text of (wanted.open ?? "").split(" ")) if (findIri(text) !== undefined) expand(findIri(text));
  }
  const node = findIri(wanted.node ?? "");
  const choosing = findIri(wanted.choosing ?? "");
  const [from, to] = (wanted.path ?? "").split(" ").map(findIri);
  const [s, name, o] = (wanted.fact ?? "").split(" ");
  const fact = facts.find((f) => f.relation.name === name && f.s === findIri(s) && f.o === findIri(o));
  syncAndCount();
  Object.assign(view, nothing);
  if (node !== undefined) actions.select(node, { centre: false });
  else if (from !== undefined && to !== undefined) actions.path(from, to);
  else if (fact) {
    reveal([fact.s, fact.o]);
    actions.edge(fact);
  } else if (choosing !== undefined) {
    reveal([choosing]);
    actions.startPath(choosing);
  } else refresh();
  if (anew) fitMap(undefined, { animate: false });
  if (node !== undefined) bringIntoView(node);
  restoring = false;
}

function syncAndCount() {
  const count = syncMap();
  byId("shown-count").textContent = `${count.nodes.toLocaleString("en")} of ${data.totals.nodes.toLocaleString("en")}`;
  byId("show-opening").setAttribute("aria-pressed", String(stage.kind === "opening"));
  byId("show-all").setAttribute("aria-pressed", String(stage.kind === "all"));
  if (view.list) drawList(actions);
  return count;
}

function filtersChanged() {
  applyFilters();
  const count = syncAndCount();
  if (view.node !== null && !liveNodes[view.node]) Object.assign(view, nothing);
  if (view.path) view.path.steps = findPath(view.path.from, view.path.to);
  refresh();
  say(`${plural(count.nodes, "thing")} shown`);
}

function setList(on) {
  view.list = on;
  byId("list").hidden = !on;
  byId("as-map").setAttribute("aria-pressed", String(!on));
  byId("as-list").setAttribute("aria-pressed", String(on));
  for (const id of ["map", "zoom"]) byId(id).toggleAttribute("inert", on);
  byId("zoom").hidden = on;
  if (on) drawList(actions);
}

function setLanguageButton() {
  const button = byId("language");
  const chinese = naming.lang === "zh";
  button.textContent = chinese ? "EN" : "中";
  button.lang = chinese ? "en" : "zh-Hans";
  button.setAttribute("aria-label", chinese ? "Names in Chinese; switch to English" : "Names in English; switch to Chinese");
}

const on = (id, listener) => byId(id).addEventListener("click", listener);

function setUp() {
  byId("title").textContent = data.title;
  if (data.totals.nodes > nodes.length) {
    byId("notice").hidden = false;
    byId("notice").querySelector("p").textContent = `This graph is too large for one page: it has ${plural(data.totals.nodes, "thing")}. The ${nodes.length.toLocaleString("en")} best connected are here, with the facts between them.`;
  }
  byId("show-all").hidden = !hasMore;
  byId("show-opening").hidden = !hasMore;

  setRoom(freeArea);
  onStage((why) => {
    syncAndCount();
    if (why === "fit") fitMap();
    if (why === "show" && stage.kind === "opening") fitMap();
  });
  onTheme(() => {
    recolour();
    if (stage.places.size) syncAndCount();
  });
  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    setSide(false);
    if (node !== undefined) actions.select(node, { centre: false });
    else if (edge !== undefined) actions.edge(facts[edge]);
    else if (view.choosing === null) actions.clear();
  });
  network.on("doubleClick", ({ nodes: [node] }) => {
    if (node !== undefined) (stage.grown.has(node) ? actions.collapse : actions.expand)(node);
  });
  setUpSearch((i) => { setSide(false); actions.select(i, { focus: view.list }); });

  on("notice-close", () => { byId("notice").hidden = true; fitMap(); byId("map").focus(); });
  on("show-opening", () => { showOpening(); refresh(); });
  on("show-all", () => { showAll(); refresh(); });
  on("zoom-in", () => zoomBy(1.35));
  on("zoom-out", () => zoomBy(1 / 1.35));
  on("fit", () => fitMap());
  on("as-map", () => { setSide(false); setList(false); save(); });
  on("as-list", () => { setSide(false); setList(true); save(); byId("list").focus(); });
  on("theme", toggleTheme);
  on("language", () => {
    naming.lang = naming.lang === "en" ? "zh" : "en";
    setLanguageButton();
    syncAndCount();
    refresh();
  });
  on("filters-button", () => setSide(!sideIsOpen()));
  on("save-button", () => setMenu(byId("save-menu").hidden));
  on("save-png", () => { setMenu(false); savePng(); });
  on("save-ttl", () => { setMenu(false); saveTurtle(); });
  on("copy-link", () => { setMenu(false); actions.copyLink(); });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".menu")) setMenu(false);
  });
  document.addEventListener("keydown", keys);
  byId("map").addEventListener("keydown", mapKeys);
  window.addEventListener("popstate", restore);
}

const sideIsOpen = () => byId("side").classList.contains("open");

function setSide(open) {
  byId("side").classList.toggle("open", open);
  byId("filters-button").setAttribute("aria-expanded", String(open));
}

function closeSide() {
  setSide(false);
  byId("filters-button").focus();
}

function setMenu(open) {
  byId("save-menu").hidden = !open;
  byId("save-button").setAttribute("aria-expanded", String(open));
}

function keys(event) {
  const typing = event.target.closest?.("input");
  if (event.key === "/" && !typing) {
    byId("search").focus();
    event.preventDefault();
  } else if (event.key === "Escape" && !event.defaultPrevented) {
    if (!byId("save-menu").hidden) setMenu(false);
    else if (sideIsOpen()) closeSide();
    else if (!typing) actions.clear();
  }
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function mapKeys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const arrow = ARROWS[event.key];
  if (arrow) {
    const next = nextInDirection(view.node, ...arrow);
    if (next !== null) actions.select(next);
  } else if (event.key === "Enter") byId("panel").focus();
  else if (event.key === "+" || event.key === "=") zoomBy(1.35);
  else if (event.key === "-") zoomBy(1 / 1.35);
  else if (event.key === "0") fitMap();
  else if (event.key === "e" && view.node !== null) (stage.grown.has(view.node) ? actions.collapse : actions.expand)(view.node);
  else return;
  event.preventDefault();
}

applyTheme();
recolour();
setUp();
restore();
document.documentElement.dataset.ready = "true";
