/** What the file holds, read once: nodes, facts, claims and who is next to whom. */
import { byId, cut } from "./dom.js";

export const data = JSON.parse(byId("data").textContent);
export const { nodes, measures } = data;
export const styles = new Map(data.types.map((type) => [type.name, type]));
export const vis0 = data.vis;

/** Facts as objects: subject and object are nodes' indices, `claims` their evidence, best first. */
export const facts = data.facts.map(([s, p, o, asserted], index) => ({
  index, s, o, asserted: asserted === 1, relation: data.relations[p], claims: [],
}));
for (const claim of data.claims) facts[claim.fact].claims.push(claim);

/** The facts of each node, and the claims and numbers of each paper. */
export const factsOf = nodes.map(() => []);
export const claimsOf = new Map();
nodes.forEach((node, index) => {
  node.index = index;
  node.year = node.date ? Number.parseInt(node.date.slice(0, 4), 10) || null : null;
});
for (const fact of facts) {
  factsOf[fact.s].push(fact);
  if (fact.o !== fact.s) factsOf[fact.o].push(fact);
}
for (const claim of data.claims) {
  if (claim.paper === undefined) continue;
  if (!claimsOf.has(claim.paper)) claimsOf.set(claim.paper, []);
  claimsOf.get(claim.paper).push(claim);
}

export const isPaper = (i) => nodes[i].type === "Paper";
export const otherEnd = (fact, i) => (fact.s === i ? fact.o : fact.s);

/** Distinct neighbours. */
export const neighbours = nodes.map((_, i) => [...new Set(factsOf[i].map((fact) => otherEnd(fact, i)))].filter((j) => j !== i));
export const degree = (i) => neighbours[i].length;

/** The full IRI: what has no colon stands below the base. */
export const iriOf = (iri) => (iri.includes(":") ? iri : data.base + iri);
const indexOfIri = new Map(nodes.map((node, i) => [node.iri, i]));
export const findIri = (iri) => indexOfIri.get(iri);

/** The language that names are shown in: "en" or "zh"; a thing without a name in it keeps the other. */
export const naming = { lang: "en" };

export function nameIn(i, lang) {
  return nodes[i][lang]?.[0];
}

export function nameOf(i) {
  const node = nodes[i];
  const other = naming.lang === "en" ? "zh" : "en";
  return nameIn(i, naming.lang) ?? nameIn(i, other) ?? node.identifier?.[0] ?? decodeURIComponentSafe(node.iri.split("/").pop());
}

/** A name for the map, where room is short. */
export const shortName = (i) => (isPaper(i) ? cut(nameOf(i), 30) : cut(nameOf(i), 34));

function decodeURIComponentSafe(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
