/** Communities as soft regions behind the map: the hull of a community's nodes, widened and rounded. */
import { nodes } from "./data.js";

const HUES = [212, 32, 152, 280, 4, 188, 92, 330, 50, 240, 120, 308];
const MOST = 12;

/** Regions of the nodes at `places` (node -> [x, y]): the largest communities, without their far outliers. */
export function findRegions(places) {
  const groups = new Map();
  for (const [i, point] of places) {
    const { community } = nodes[i];
    if (!groups.has(community)) groups.set(community, []);
    groups.get(community).push(point);
  }
  return [...groups]
    .map(([community, points]) => ({ community, points: withoutOutliers(points) }))
    .filter(({ points }) => points.length >= 4)
    .sort((a, b) => b.points.length - a.points.length || a.community - b.community)
    .slice(0, MOST)
    .map(({ community, points }) => ({ community, hull: hullOf(points), hue: HUES[community % HUES.length] }))
    .filter(({ community, hull }) => isOwn(community, hull, places));
}

/** A node far from its community's middle would stretch the region over others. */
function withoutOutliers(points) {
  const middle = [median(points.map((p) => p[0])), median(points.map((p) => p[1]))];
  const far = points.map(([x, y]) => Math.hypot(x - middle[0], y - middle[1]));
  const limit = median(far) * 1.9 + 1;
  return points.filter((_, k) => far[k] <= limit);
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** A region says "these belong together": it is only drawn where most of what lies in it does. */
function isOwn(community, hull, places) {
  let [own, all] = [0, 0];
  for (const [i, point] of places) {
    if (!hull.every((corner, k) => cross(corner, hull[(k + 1) % hull.length], point) >= 0)) continue;
    all += 1;
    if (nodes[i].community === community) own += 1;
  }
  return own >= all * 0.6;
}

/** Andrew's monotone chain. */
function hullOf(points) {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (list) => {
    const chain = [];
    for (const p of list) {
      while (chain.length > 1 && cross(chain.at(-2), chain.at(-1), p) <= 0) chain.pop();
      chain.push(p);
    }
    chain.pop();
    return chain;
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

const cross = (o, a, b) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);

/** The angle that points out of the hull across the side from `a` to `b`. */
const outward = (a, b) => Math.atan2(b[1] - a[1], b[0] - a[0]) - Math.PI / 2;

/** Draw in the map's own coordinates: the hull, `padding` wider all round, as one path so that no seam shows. */
export function drawRegions(ctx, regions, dark, padding) {
  for (const { hull, hue } of regions) {
    ctx.fillStyle = dark ? `hsl(${hue} 45% 62% / .085)` : `hsl(${hue} 60% 48% / .085)`;
    ctx.beginPath();
    hull.forEach(([x, y], k) => {
      const before = hull[(k + hull.length - 1) % hull.length];
      const after = hull[(k + 1) % hull.length];
      ctx.arc(x, y, padding, outward(before, [x, y]), outward([x, y], after));
    });
    ctx.fill();
  }
}
