/** A view in the address: everything after `#` that brings the same view back, and nothing at its default. */

// What the reader chose to look at: the browser's Back returns to what it was before. Filters and the like only change how it looks.
const CHOSEN = ["node", "fact", "path", "choosing", "show", "as"];

/** Fields of the address as plain strings. */
export function readAddress() {
  return Object.fromEntries(new URLSearchParams(window.location.hash.slice(1)));
}

/**
 * Write fields that have a value; slashes and spaces stay readable. Another choice is an entry of the history of its own, unless the
 * address is only `tidied`.
 */
export function writeAddress(fields, tidied) {
  const kept = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const text = kept.map(([key, value]) => `${key}=${encodeURIComponent(value).replace(/%2F/gi, "/").replace(/%2C/gi, ",")}`).join("&");
  if (text === window.location.hash.slice(1)) return;
  const before = readAddress();
  const chosen = CHOSEN.some((key) => (before[key] ?? "") !== (fields[key] ?? ""));
  try {
    window.history[chosen && !tidied ? "pushState" : "replaceState"](null, "", text ? `#${text}` : window.location.pathname + window.location.search);
  } catch {
    // Some embedded browsers refuse this for files; the view works without.
  }
}
