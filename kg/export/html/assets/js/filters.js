/** What the reader wants left out, and what is alive under it. */
import { data, facts, factsOf, isPaper, nodes } from "./data.js";

const years = nodes.map((node) => node.year).filter((year) => year !== null);
export const firstYear = years.length ? years.reduce((a, b) => Math.min(a, b)) : null;
export const lastYear = years.length ? years.reduce((a, b) => Math.max(a, b)) : null;

export const filters = { types: new Set(), relations: new Set(), from: firstYear, to: lastYear, confidence: 0 };
export const liveFacts = new Uint8Array(facts.length).fill(1);
export const liveNodes = new Uint8Array(nodes.length).fill(1);

export const resetFilters = () =>
  Object.assign(filters, { types: new Set(), relations: new Set(), from: firstYear, to: lastYear, confidence: 0 });

export const isFiltered = () =>
  filters.types.size > 0 || filters.relations.size > 0 || filters.confidence > 0 || !allYears();

const allYears = () => filters.from === firstYear && filters.to === lastYear;

/** Papers without a year are there as long as no year is asked for. */
const yearFits = (i) => {
  if (allYears()) return true;
  const { year } = nodes[i];
  return year !== null && year >= filters.from && year <= filters.to;
};

export const claimLives = (claim) =>
  (claim.conf ?? 1) >= filters.confidence && (claim.paper === undefined || yearFits(claim.paper));

/**
 * A fact lives if its relation and ends are wanted and some paper of the wanted years says it surely enough; a thing lives if
 * its type is wanted and it has not lost all its facts.
 */
export function applyFilters() {
  const wanted = nodes.map((node, i) => !filters.types.has(node.type) && (!isPaper(i) || yearFits(i)));
  for (const fact of facts) {
    const proved = fact.claims.length === 0 ? allYears() || isPaper(fact.s) : fact.claims.some(claimLives);
    liveFacts[fact.index] = wanted[fact.s] && wanted[fact.o] && proved && !filters.relations.has(fact.relation.name) ? 1 : 0;
  }
  nodes.forEach((_, i) => {
    const own = factsOf[i];
    liveNodes[i] = wanted[i] && (own.length === 0 || isPaper(i) || own.some((fact) => liveFacts[fact.index])) ? 1 : 0;
  });
}

/** How many nodes of each type and facts of each relation there are. */
export const typeCounts = new Map(data.types.map((type) => [type.name, nodes.filter((node) => node.type === type.name).length]));
export const relationCounts = new Map(data.relations.map((r) => [r.name, 0]));
for (const fact of facts) relationCounts.set(fact.relation.name, relationCounts.get(fact.relation.name) + 1);
