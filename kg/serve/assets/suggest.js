/** Names offered as the reader types: a combobox as the ARIA practices describe it. */
import { el, getJson, typeClass } from "./dom.js";

/** `choose(hit)` is called with { iri, name, kind, href } when one is taken. */
export function suggest(field, choose) {
  const list = el("ul", { class: "suggestions", role: "listbox", id: `${field.id}-hits`, "aria-label": "Suggestions", hidden: true });
  field.after(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" })) field.setAttribute(name, value);
  let hits = [];
  let active = -1;
  let asked = 0;
  let waiting = 0;

  const activate = (k) => {
    active = k;
    [...list.children].forEach((item, j) => item.setAttribute("aria-selected", String(j === k)));
    if (k >= 0) field.setAttribute("aria-activedescendant", `${field.id}-hit-${k}`);
    else field.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    activate(-1);
  };
  const load = async () => {
    const mine = (asked += 1);
    const text = field.value.trim();
    if (!text) return close();
    let found = [];
    try {
      found = await getJson(`/search.json?q=${encodeURIComponent(text.slice(0, 200))}`);
    } catch {
      return close(); // the form itself still works
    }
    // An answer that comes after a later question's is late.
    if (mine !== asked) return undefined;
    hits = found;
    list.replaceChildren(...hits.map((hit, k) => el("li", { role: "option", id: `${field.id}-hit-${k}`, "aria-selected": "false", class: `thing ${typeClass(hit.kind)}`,
      on: { mousedown: (event) => event.preventDefault(), click: () => choose(hit) } }, hit.name, " ", el("small", { text: hit.kind }))));
    list.hidden = hits.length === 0;
    field.setAttribute("aria-expanded", String(hits.length > 0));
    activate(-1);
    return undefined;
  };
  field.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(load, 150);
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") activate((active + 1) % hits.length);
    else if (event.key === "ArrowUp") activate((active + hits.length) % (hits.length + 1) - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && active >= 0) choose(hits[active]);
    else return;
    event.preventDefault();
  });
}
