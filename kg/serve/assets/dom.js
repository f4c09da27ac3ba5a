/** Building the page. Text goes in as text nodes only: there is no way here to turn a string into markup. */

export const byId = (id) => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";

function filled(element, props, children) {
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "text") element.textContent = value;
    else if (key === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const el = (tag, props = {}, ...children) => filled(document.createElement(tag), props, children);
export const svg = (tag, props = {}, ...children) => filled(document.createElementNS(SVG, tag), props, children);

export const cut = (text, length) => ([...text].length > length ? `${[...text].slice(0, length - 1).join("").trimEnd()}…` : text);

/** A place on this server or the open web, else nothing: `javascript:` leads nowhere. */
export const safeHref = (href) => (/^(\/(?!\/)|https?:\/\/)/i.test(href ?? "") ? href : null);

/** A class for a type's colour; types come from the graph, so only plain words count. */
export const typeClass = (kind) => (/^[A-Za-z]+$/.test(kind ?? "") ? `k-${kind}` : "k-other");

/** JSON from this server, or an error with the server's own words. */
export async function getJson(path, options = {}) {
  const response = await fetch(path, { credentials: "same-origin", ...options });
  const text = await response.text();
  if (!response.ok) throw new Error(text.trim() || `status ${response.status}`);
  return JSON.parse(text);
}
