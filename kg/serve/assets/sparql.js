/** SPARQL as an editor sees it: its words, and what may come next. */

const WORDS = ("SELECT ASK CONSTRUCT DESCRIBE WHERE FROM NAMED PREFIX BASE DISTINCT REDUCED AS OPTIONAL UNION MINUS GRAPH FILTER BIND VALUES EXISTS NOT IN " +
  "GROUP ORDER BY ASC DESC HAVING LIMIT OFFSET COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT STR LANG LANGMATCHES DATATYPE BOUND IRI CONTAINS STRSTARTS STRENDS " +
  "STRLEN SUBSTR REPLACE REGEX LCASE UCASE IF COALESCE ISIRI ISLITERAL YEAR a true false UNDEF").split(" ");
const known = new Set(WORDS.map((word) => word.toUpperCase()));

const TOKEN = /(#[^\n]*)|("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(<[^<>"{}|^`\\\s]*>)|([?$][\p{L}\p{N}_]+)|([\p{L}][\p{L}\p{N}_.-]*)?(:[\p{L}\p{N}_.%-]*)|([A-Za-z_]+)|([\s\S])/gu;

/** The text in pieces: [words, class], which together are the text. */
export function pieces(text) {
  const found = [];
  for (const match of text.matchAll(TOKEN)) {
    const [all, note, string, iri, variable, , local, word] = match;
    const kind = note ? "t-note" : string ? "t-text" : iri || local ? "t-iri" : variable ? "t-var" : word && known.has(word.toUpperCase()) ? "t-word" : "";
    if (found.length && found.at(-1)[1] === kind) found.at(-1)[0] += all;
    else found.push([all, kind]);
  }
  return found;
}

/** The word that ends at the cursor, and what completes it: our terms, prefixes, variables of the query, words of the language. */
export function completions(text, at, terms, prefixes) {
  const begun = /[?$]?[\p{L}\p{N}_:-]*$/u.exec(text.slice(0, at))[0];
  if (begun.length < 2) return { begun, found: [] };
  const variables = [...new Set(text.match(/[?$][\p{L}\p{N}_]+/gu) ?? [])];
  const all = [...terms, ...Object.keys(prefixes).map((name) => `${name}:`), ...variables, ...WORDS];
  const lower = begun.toLowerCase();
  // A term is also found by its own name: "train" finds kg:trainedOn.
  const fits = (word) => word.toLowerCase().startsWith(lower) || word.toLowerCase().startsWith(`kg:${lower}`);
  return { begun, found: [...new Set(all.filter((word) => word !== begun && fits(word)))].slice(0, 9) };
}
