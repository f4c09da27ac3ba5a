/** Places for things that join the opening map: near what they belong to, clear of what is there. Same input, same places. */
import { neighbours, nodes } from "./data.js";

const GOLDEN = Math.PI * (3 - Math.sqrt(5));
const ROOM = 62;

/** Add a place to `at` (node -> [x, y]) for each of `fresh`. What has a place keeps it. */
export function placeNew(fresh, at) {
  const moving = [];
  fresh.forEach((i, order) => {
    const near = neighbours[i].filter((j) => at.has(j)).map((j) => at.get(j));
    const [cx, cy] = near.length ? mean(near) : edgeOf(at);
    const ring = near.length > 1 ? 26 : 70 + 9 * Math.sqrt(order) * 2;
    moving.push({ i, near, x: cx + ring * Math.cos(order * GOLDEN), y: cy + ring * Math.sin(order * GOLDEN) });
  });
  const fixed = [...at].map(([i, [x, y]]) => ({ x, y, r: nodes[i].size }));
  for (let step = 0; step < 70; step += 1) {
    const strength = 1 - step / 80;
    for (const node of moving) {
      for (const [x, y] of node.near) {
        const [dx, dy] = [x - node.x, y - node.y];
        const d = Math.hypot(dx, dy) || 1;
        const pull = ((d - 95) / d) * 0.06 * strength / Math.sqrt(node.near.length);
        node.x += dx * pull;
        node.y += dy * pull;
      }
      for (const other of fixed) pushOff(node, other, ROOM + other.r, strength);
      for (const other of moving) if (other !== node) pushOff(node, other, ROOM, strength);
    }
  }
  for (const { i, x, y } of moving) at.set(i, [Math.round(x), Math.round(y)]);
}

function pushOff(node, other, room, strength) {
  const dx = node.x - other.x;
  const dy = node.y - other.y;
  if (Math.abs(dx) > room || Math.abs(dy) > room) return;
  const d = Math.hypot(dx, dy) || 0.5;
  if (d >= room) return;
  const push = ((room - d) / d) * 0.35 * strength;
  node.x += dx * push;
  node.y += dy * push;
}

const mean = (points) => [points.reduce((s, p) => s + p[0], 0) / points.length, points.reduce((s, p) => s + p[1], 0) / points.length];

/** Just outside the right end of the map, for what has no neighbour on it. */
function edgeOf(at) {
  let [right, y] = [0, 0];
  for (const [px, py] of at.values()) if (px > right) [right, y] = [px, py];
  return [right + 160, y];
}
