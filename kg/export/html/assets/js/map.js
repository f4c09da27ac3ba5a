/** The map: vis-network draws signs and lines, this module regions behind them, names over them and what is in focus. */
import { byId, cut } from "./dom.js";
import { degree, facts, isPaper, nameOf, nodes, shortName, vis0 } from "./data.js";
import { liveFacts, liveNodes } from "./filters.js";
import { drawLabels } from "./labels.js";
import { drawRegions, findRegions } from "./regions.js";
import { stage } from "./stage.js";
import { colourOf, cssColour, isDark } from "./theme.js";

// Past this many lines a moving map is drawn in outline only, so that it follows the hand.
const HEAVY = 900;
// Past this many, lines are thinner and fainter, so that the signs stand out.
const CROWDED = 150;

const holder = byId("map");
const sets = { nodes: new vis.DataSet(), edges: new vis.DataSet() };
const colours = {};
let regions = [];
let order = [];
let heavy = false;
let lineCount = 0;
let moving = false;
let hovered = null;
let hoveredLine = null;
/** What stands out: nodes and facts; everything else steps back. Null: nothing does. */
let focus = null;

export const network = new vis.Network(holder, sets, { ...vis0.options, autoResize: true });

/** On the whole map signs are larger, because it is looked at from farther away. */
const sizeOf = (i) => (stage.kind === "all" ? vis0.nodes[i].size : nodes[i].size);

function nodeLook(i) {
  const base = vis0.nodes[i];
  const colour = colourOf(base.group);
  const [x, y] = stage.places.get(i);
  return {
    id: i, x, y, shape: base.shape, size: sizeOf(i), borderWidth: heavy ? 0 : 1.5,
    color: { background: colour, border: colours.page, highlight: { background: colour, border: colours.ink }, hover: { background: colour, border: colours.ink } },
  };
}

function edgeLook(fact) {
  const base = vis0.edges[fact.index];
  const quiet = isPaper(fact.s);
  const faint = Math.min(1, CROWDED / lineCount + 0.3);
  const colour = quiet ? colours.edge : colours.strong;
  return {
    id: fact.index, from: base.from, to: base.to, arrows: base.arrows, dashes: base.dashes ?? false, width: quiet ? 0.8 : lineCount > CROWDED ? 1 : 1.5,
    color: { color: colour, highlight: colours.accent, hover: colours.accent, opacity: (quiet ? 0.75 : 1) * (lineCount > HEAVY ? Math.min(0.8, Math.max(0.14, 1500 / lineCount)) : faint) },
  };
}

/** Bring vis-network in line with the stage and the filters. */
export function syncMap() {
  const shown = [...stage.places.keys()].filter((i) => liveNodes[i]);
  const visible = new Set(shown);
  const lines = facts.filter((fact) => liveFacts[fact.index] && visible.has(fact.s) && visible.has(fact.o));
  heavy = lines.length > HEAVY;
  lineCount = lines.length;
  network.setOptions({ interaction: { hideEdgesOnDrag: heavy, hideEdgesOnZoom: heavy, hideNodesOnDrag: heavy, hover: !heavy } });
  replace(sets.nodes, shown.map(nodeLook));
  replace(sets.edges, lines.map(edgeLook));
  // Labels are given out in this order: things before papers, well connected before the rest.
  order = shown.sort((a, b) => isPaper(a) - isPaper(b) || degree(b) - degree(a) || a - b);
  regions = findRegions(new Map(shown.map((i) => [i, stage.places.get(i)])));
  holder.setAttribute("aria-label", `Map of ${shown.length} things and ${lines.length} facts`);
  return { nodes: shown.length, facts: lines.length };
}

/** Update a data set without clearing it, so that what stays does not flicker. */
function replace(set, items) {
  const wanted = new Set(items.map((item) => item.id));
  const gone = set.getIds().filter((id) => !wanted.has(id));
  if (gone.length) set.remove(gone);
  set.update(items);
}

export function recolour() {
  Object.assign(colours, {
    page: cssColour("--page"), ink: cssColour("--ink"), soft: cssColour("--soft"), edge: cssColour("--edge"),
    strong: cssColour("--edge-strong"), accent: cssColour("--accent"), halo: cssColour("--halo"),
  });
}

export function setFocus(next) {
  focus = next;
  network.redraw();
}

/** The part of the map that no card covers, in pixels of the map. */
export function freeArea() {
  const box = holder.getBoundingClientRect();
  const area = { left: 16, top: 16, right: box.width - 16, bottom: box.height - 62 };
  const notice = byId("notice").getBoundingClientRect();
  if (notice.height > 0) area.top = notice.bottom - box.top + 8;
  for (const id of ["side", "panel"]) {
    const card = byId(id).getBoundingClientRect();
    if (card.width === 0 || getComputedStyle(byId(id)).display === "none") continue;
    if (card.width > box.width * 0.7) area.bottom = Math.min(area.bottom, card.top - box.top - 10);
    else if (card.left - box.left < box.width / 3) area.left = Math.max(area.left, card.right - box.left + 16);
    else area.right = Math.min(area.right, card.left - box.left - 16);
  }
  return { ...area, width: Math.max(area.right - area.left, 80), height: Math.max(area.bottom - area.top, 80), box };
}

/** Move so that `wanted` nodes (all shown by default) fill the free part. */
export function fitMap(wanted = order, { animate = true, nearest = 1.15 } = {}) {
  const places = wanted.filter((i) => network.body.nodes[i]).map((i) => network.body.nodes[i]);
  if (places.length === 0) return;
  const bounds = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { x, y } of places) {
    bounds.left = Math.min(bounds.left, x);
    bounds.right = Math.max(bounds.right, x);
    bounds.top = Math.min(bounds.top, y);
    bounds.bottom = Math.max(bounds.bottom, y);
  }
  const free = freeArea();
  // Names reach beyond their signs, by pixels of the screen whatever the zoom.
  const across = Math.max(free.width - Math.min(130, free.width * 0.25), 60);
  const down = Math.max(free.height - 70, 60);
  const scale = Math.min(across / Math.max(bounds.right - bounds.left, 1), down / Math.max(bounds.bottom - bounds.top, 1), nearest);
  moveTo((bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2, scale, free, animate);
}

/** Bring one node into the free part if it is not there. */
export function bringIntoView(i) {
  const node = network.body.nodes[i];
  if (!node) return;
  const free = freeArea();
  const at = network.canvasToDOM({ x: node.x, y: node.y });
  const inside = at.x > free.left + 20 && at.x < free.right - 20 && at.y > free.top + 20 && at.y < free.bottom - 20;
  if (!inside) moveTo(node.x, node.y, Math.max(network.getScale(), 0.5), free, true);
}

function moveTo(x, y, scale, free, animate) {
  const offset = { x: (free.left + free.right) / 2 - free.box.width / 2, y: (free.top + free.bottom) / 2 - free.box.height / 2 };
  const still = heavy || window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  network.moveTo({ position: { x, y }, scale, offset, animation: animate && !still ? { duration: 350, easingFunction: "easeInOutQuad" } : false });
}

export function zoomBy(factor) {
  network.moveTo({ scale: Math.min(Math.max(network.getScale() * factor, 0.02), 6) });
}

/** The shown node nearest to `from` in a direction, for the arrow keys. */
export function nextInDirection(from, dx, dy) {
  const start = from === null ? { ...network.getViewPosition() } : network.body.nodes[from];
  let best = null;
  let least = Infinity;
  for (const i of order) {
    const node = network.body.nodes[i];
    if (!node || i === from) continue;
    const [vx, vy] = [node.x - start.x, node.y - start.y];
    const along = vx * dx + vy * dy;
    const across = Math.abs(vx * dy) + Math.abs(vy * dx);
    if (from !== null && along <= 0) continue;
    const far = from === null ? Math.hypot(vx, vy) : along + 2.2 * across;
    if (far < least) [best, least] = [i, far];
  }
  return best;
}

/** In outline: each colour one path of squares. Fast enough for tens of thousands at every frame. */
function drawOutline(ctx) {
  const byColour = new Map();
  for (const i of order) {
    const colour = colourOf(nodes[i].type);
    if (!byColour.has(colour)) byColour.set(colour, []);
    byColour.get(colour).push(network.body.nodes[i]);
  }
  for (const [colour, group] of byColour) {
    ctx.fillStyle = colour;
    for (const { x, y, options } of group) ctx.fillRect(x - options.size * 0.8, y - options.size * 0.8, options.size * 1.6, options.size * 1.6);
  }
}

network.on("beforeDrawing", (ctx) => {
  const padding = Math.max(stage.kind === "all" ? 34 : 42, 16 / network.getScale());
  if (!focus) drawRegions(ctx, regions, isDark(), padding);
  if (heavy && moving) drawOutline(ctx);
});

network.on("afterDrawing", (ctx) => {
  if (focus && !(heavy && moving)) drawFocus(ctx);
  ctx.save();
  const ratio = ctx.canvas.width / ctx.canvas.clientWidth;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawLabels(ctx, labelItems(ctx.canvas.clientWidth, ctx.canvas.clientHeight), colours, labelArea(), heavy && moving ? 40 : 400);
  ctx.restore();
});

/** A veil over everything, then once more what is in focus. */
function drawFocus(ctx) {
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.globalAlpha = isDark() ? 0.74 : 0.8;
  ctx.fillStyle = colours.page;
  ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
  ctx.restore();
  for (const id of focus.facts) {
    const edge = network.body.edges[id];
    if (!edge?.connected) continue;
    edge.draw(ctx);
    edge.drawArrows(ctx);
  }
  for (const i of focus.nodes) network.body.nodes[i]?.draw(ctx);
}

/** Where names may stand: a little beyond the part that the view is fitted into. */
function labelArea() {
  const { left, top, right, bottom } = freeArea();
  return { left: left - 14, top: top - 14, right: right + 14, bottom: bottom + 60 };
}

/** What to write, in the order of importance, in screen pixels. */
function labelItems(width, height) {
  const scale = network.getScale();
  const centre = network.getViewPosition();
  const items = [];
  const add = (i, extra) => {
    const node = network.body.nodes[i];
    if (!node) return;
    const x = (node.x - centre.x) * scale + width / 2;
    const y = (node.y - centre.y) * scale + height / 2;
    if (x < -60 || y < -20 || x > width + 60 || y > height + 20) return;
    if (i !== hovered && items.length >= 1500) return;
    items.push({ text: shortName(i), x, y, r: node.options.size * scale, quiet: isPaper(i), ...extra });
  };
  const addLine = (id) => {
    const [a, b] = [network.body.nodes[facts[id].s], network.body.nodes[facts[id].o]];
    if (!a || !b || !network.body.edges[id]) return;
    const along = (t) => [(a.x + (b.x - a.x) * t - centre.x) * scale + width / 2, (a.y + (b.y - a.y) * t - centre.y) * scale + height / 2];
    const [x, y] = along(0.5);
    items.push({ text: facts[id].relation.label, x, y, r: 0, quiet: true, onLine: [0.5, 0.42, 0.58, 0.34, 0.66].map(along) });
  };
  if (focus) {
    const main = new Set(focus.main);
    for (const i of main) add(i, { strong: true, must: true, text: cut(nameOf(i), 32) });
    // What found no room says its name when it is pointed at.
    if (hovered !== null && !main.has(hovered)) add(hovered, { must: true });
    for (const i of order) if (focus.nodes.has(i) && !main.has(i) && i !== hovered) add(i);
    // What steps back is not named, but a name keeps clear of it where it can.
    for (const i of order) if (!focus.nodes.has(i) && i !== hovered) add(i, { text: "", faint: true });
    // Few lines can say what they are.
    if (focus.facts.length <= 30) for (const id of focus.facts) addLine(id);
    return items;
  }
  if (hoveredLine !== null) addLine(hoveredLine);
  if (hovered !== null) add(hovered, { strong: true, must: true, text: cut(nameOf(hovered), 60) });
  for (const [rank, i] of order.entries()) {
    // From afar only what is large is named, and papers only from near.
    const size = sizeOf(i) * scale;
    const named = size > (isPaper(i) ? 3.4 : 3);
    // The first few say what the map is about: they are named even where a sign is in the way.
    if (i !== hovered) add(i, named ? { overSigns: rank < 10 } : { text: "" });
  }
  return items;
}

const setMoving = (value) => () => {
  moving = value;
};
network.on("dragStart", setMoving(true));
network.on("dragEnd", (event) => {
  moving = false;
  for (const i of event.nodes) {
    const { x, y } = network.body.nodes[i];
    stage.places.set(i, [Math.round(x), Math.round(y)]);
  }
});
let settle = 0;
network.on("zoom", () => {
  if (!heavy) return;
  moving = true;
  window.clearTimeout(settle);
  settle = window.setTimeout(() => {
    moving = false;
    network.redraw();
  }, 250);
});
network.on("hoverNode", ({ node }) => {
  hovered = node;
  holder.style.cursor = "pointer";
  network.redraw();
});
network.on("blurNode", () => {
  hovered = null;
  holder.style.cursor = "default";
  network.redraw();
});
network.on("hoverEdge", ({ edge }) => {
  hoveredLine = edge;
  holder.style.cursor = "pointer";
});
network.on("blurEdge", () => {
  hoveredLine = null;
  holder.style.cursor = "default";
});
// Chinese and system fonts may arrive after the first drawing.
document.fonts?.ready.then(() => network.redraw());
