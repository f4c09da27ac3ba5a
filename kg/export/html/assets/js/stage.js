/** What the map shows, and where: the opening, everything, or the opening as the reader grew it. */
import { data, degree, factsOf, neighbours, nodes, otherEnd, vis0 } from "./data.js";
import { liveFacts, liveNodes } from "./filters.js";
import { placeNew } from "./place.js";

// So many neighbours join at once; the panel offers the rest.
const BATCH = 40;
// Pixels that names need beyond the outermost signs.
const MARGIN = 150;
// On a narrow screen some names go without.
const MARGIN_SHARE = 0.3;

export const stage = { kind: "opening", places: new Map(), grown: new Map() };
const watchers = [];
export const onStage = (watcher) => watchers.push(watcher);
const changed = (why) => watchers.forEach((watcher) => watcher(why));

/** The opening, turned and drawn together or out to suit a screen: signs keep their size, the distances change. */
function openingFor({ width, height }) {
  const turned = height > width * 1.15;
  const places = data.opening.map(([i, x, y]) => [i, turned ? [y, x] : [x, y]]);
  const span = (axis) => places.reduce((most, [, p]) => Math.max(most, p[axis]), 1) - places.reduce((least, [, p]) => Math.min(least, p[axis]), 0);
  const stretch = (room, size) => Math.min(Math.max((room - Math.min(MARGIN, room * MARGIN_SHARE)) / size, 0.3), 1.6);
  const [sx, sy] = [stretch(width, span(0)), stretch(height, span(1))];
  // A little unevenness fills the screen better; more would twist the picture.
  const [kx, ky] = [Math.min(sx, sy * 1.7), Math.min(sy, sx * 2)];
  return new Map(places.map(([i, [x, y]]) => [i, [Math.round(x * kx), Math.round(y * ky)]]));
}

/** The room that a new opening may fill, in pixels; the map knows it. */
let roomOnScreen = () => ({ width: 900, height: 700 });
export const setRoom = (room) => {
  roomOnScreen = room;
};
const everything = () => new Map(vis0.nodes.map(({ id, x, y }) => [id, [x, y]]));
export const hasMore = data.opening.length < nodes.length;

export function showOpening(why = "fit") {
  Object.assign(stage, { kind: "opening", places: openingFor(roomOnScreen()), grown: new Map() });
  changed(why);
}

export function showAll(why = "fit") {
  Object.assign(stage, { kind: "all", places: everything(), grown: new Map() });
  changed(why);
}

export const isShown = (i) => stage.places.has(i) && liveNodes[i] === 1;
export const shownNodes = () => [...stage.places.keys()].filter((i) => liveNodes[i]);
/** Neighbours over living facts, best connected first. */
export const liveNeighbours = (i) =>
  [...new Set(factsOf[i].filter((fact) => liveFacts[fact.index]).map((fact) => otherEnd(fact, i)))]
    .filter((j) => j !== i && liveNodes[j])
    .sort((a, b) => degree(b) - degree(a) || a - b);
export const hiddenNeighbours = (i) => liveNeighbours(i).filter((j) => !stage.places.has(j));

/** Put things on the map beside what is there. */
export function reveal(wanted, why = "keep") {
  const fresh = wanted.filter((i) => !stage.places.has(i));
  if (fresh.length === 0) return;
  placeNew(fresh, stage.places);
  changed(why);
}

/** Show a thing and what is next to it; what came is noted, so that it can go again. */
export function expand(i) {
  if (!stage.places.has(i)) reveal([i], "quiet");
  const fresh = hiddenNeighbours(i).slice(0, BATCH);
  stage.grown.set(i, [...(stage.grown.get(i) ?? []), ...fresh]);
  if (fresh.length) reveal(fresh, "show");
  return fresh.length;
}

/** What collapsing a thing takes away: what came when it was expanded, and what hangs on it alone. */
export function hanging(i) {
  if (stage.kind === "all") return [];
  const alone = (j) => neighbours[j].every((k) => k === i || !stage.places.has(k));
  const came = (stage.grown.get(i) ?? []).filter((j) => stage.places.has(j) && !stage.grown.has(j));
  return [...new Set([...came, ...neighbours[i].filter((j) => stage.places.has(j) && alone(j))])];
}

export function collapse(i) {
  const gone = hanging(i);
  stage.grown.delete(i);
  for (const j of gone) stage.places.delete(j);
  changed("keep");
  return gone.length;
}
