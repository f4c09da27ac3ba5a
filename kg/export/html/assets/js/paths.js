/** The shortest way between two things over facts that are alive; papers are a step like any other, but costlier than a fact. */
import { factsOf, isPaper, otherEnd } from "./data.js";
import { liveFacts, liveNodes } from "./filters.js";

// "Mentioned in the same paper" says less than a stated fact, so a way through a paper counts as longer.
const cost = (fact) => (isPaper(fact.s) ? 1.6 : 1);

/** Facts from `from` to `to` in order, or null. Dijkstra with buckets of a fifth, which the costs are multiples of. */
export function findPath(from, to) {
  if (from === to) return [];
  const best = new Map([[from, 0]]);
  const cameBy = new Map();
  const buckets = [[from]];
  for (let distance = 0; distance < buckets.length; distance += 1) {
    for (const i of buckets[distance] ?? []) {
      if (best.get(i) !== distance) continue;
      if (i === to) return walkBack(from, to, cameBy);
      for (const fact of factsOf[i]) {
        const next = otherEnd(fact, i);
        if (!liveFacts[fact.index] || !liveNodes[next]) continue;
        const far = distance + Math.round(cost(fact) * 5);
        if (far >= (best.get(next) ?? Infinity)) continue;
        best.set(next, far);
        cameBy.set(next, fact);
        (buckets[far] ??= []).push(next);
      }
    }
  }
  return null;
}

function walkBack(from, to, cameBy) {
  const steps = [];
  for (let i = to; i !== from; ) {
    const fact = cameBy.get(i);
    steps.unshift(fact);
    i = otherEnd(fact, i);
  }
  return steps;
}
