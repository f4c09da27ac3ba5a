/** Search as you type, over every name in either language, misspellings, identifiers and authors. */
import { data, degree, nodes } from "./data.js";

/** Spellings that differ in case, width, accents, hyphens or spaces meet; Chinese needs no spaces at all. */
export function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[\s\-_/‐-―]+/g, " ").trim();
}

const entries = nodes.map((node, i) => ({
  i,
  keys: [...(node.en ?? []), ...(node.zh ?? []), ...(node.hidden ?? []), ...(node.identifier ?? []), ...(node.creator ?? [])].map(fold),
}));

/** The nodes that match, best first: whole name, start of a name, start of a word, anywhere; then by connections. */
export function find(query, limit = 12) {
  const wanted = fold(query);
  if (!wanted) return [];
  const found = [];
  for (const { i, keys } of entries) {
    let best = 9;
    keys.forEach((key, place) => {
      const at = key.indexOf(wanted);
      if (at < 0) return;
      const rank = key === wanted ? 0 : at === 0 ? 1 : key[at - 1] === " " ? 2 : 3;
      best = Math.min(best, rank + Math.min(place, 9) / 10);
    });
    if (best < 9) found.push({ i, best });
  }
  found.sort((a, b) => Math.floor(a.best) - Math.floor(b.best) || degree(b.i) - degree(a.i) || a.best - b.best || a.i - b.i);
  return found.slice(0, limit).map(({ i }) => i);
}

/** The name that the query hit, if it is not one of those shown first. */
export function matchedName(i, query) {
  const wanted = fold(query);
  const node = nodes[i];
  const shown = [node.en?.[0], node.zh?.[0]];
  if (shown.some((name) => name && fold(name).includes(wanted))) return null;
  return [...(node.en ?? []), ...(node.zh ?? []), ...(node.identifier ?? []), ...(node.creator ?? [])].find((name) => fold(name).includes(wanted)) ?? null;
}

/** What to say where a search finds nothing: the page may not hold the whole graph. */
export function nothingFound() {
  const [here, all] = [nodes.length, data.totals.nodes].map((n) => n.toLocaleString("en"));
  return nodes.length < data.totals.nodes ? `Not among the ${here} best connected of ${all} things, which this page holds. kg serve searches them all.` : "Nothing by that name";
}
