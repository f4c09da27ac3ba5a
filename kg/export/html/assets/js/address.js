/** A view in the address: everything after `#` that brings the same view back, and nothing at its default. */

/** Fields of the address as plain strings. */
export function readAddress() {
  return Object.fromEntries(new URLSearchParams(window.location.hash.slice(1)));
}

/** Write fields that have a value; slashes and spaces stay readable. */
export function writeAddress(fields) {
  const kept = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const text = kept.map(([key, value]) => `${key}=${encodeURIComponent(value).replace(/%2F/gi, "/").replace(/%2C/gi, ",")}`).join("&");
  if (text === window.location.hash.slice(1)) return;
  try {
    // Replaces, so that looking around does not fill the history.
    window.history.replaceState(null, "", text ? `#${text}` : window.location.pathname + window.location.search);
  } catch {
    // Some embedded browsers refuse this for files; the view works without.
  }
}
