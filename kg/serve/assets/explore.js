/** The explorer: what is next to a thing is loaded when it is asked for, a handful at a time. */
import { byId, el, getJson, safeHref, typeClass } from "./dom.js";
import { Net } from "./net.js";
import { suggest } from "./suggest.js";

const explorer = byId("explorer");
const loaded = new Map(); // iri -> how many neighbours have been asked for
const MOST = 400;

function tell(thing, more, note = "") {
  byId("about").replaceChildren(...[
    el("p", { class: `kind thing ${typeClass(thing.kind)}`, text: thing.kind }), el("h2", { text: thing.name }),
    el("p", {}, safeHref(thing.href) ? el("a", { href: thing.href, text: "its page, with the evidence" }) : null),
    more > 0 ? el("button", { type: "button", id: "more", text: `${more} more`, on: { click: () => load(thing) } }) : null,
    note ? el("p", { class: "hint", text: note }) : null,
  ].filter(Boolean));
}

let net = null;

async function load(thing) {
  if (net.things.size >= MOST) return tell(thing, 0, "The picture is full; begin anew from here to see more.");
  const skip = loaded.get(thing.iri) ?? 0;
  try {
    const found = await getJson(`/explore.json?node=${encodeURIComponent(thing.iri)}&skip=${skip}`);
    loaded.set(thing.iri, skip + found.things.length);
    net.chosen = found.centre.iri;
    net.add([found.centre, ...found.things], found.edges, found.centre.iri);
    tell(found.centre, found.more);
    // What is looked at comes back with the page.
    window.history.replaceState(null, "", `/explore?node=${encodeURIComponent(found.centre.iri)}`);
    explorer.dataset.ready = String(net.things.size);
  } catch (error) {
    tell(thing, 0, error.message);
  }
  return undefined;
}

suggest(byId("q"), ({ iri }) => window.location.assign(`/explore?node=${encodeURIComponent(iri)}`));
if (explorer) {
  explorer.hidden = false;
  byId("explore-help").hidden = false;
  net = new Net(byId("graph"), (thing) => (loaded.has(thing.iri) ? tell(thing, 0) : load(thing)));
  load({ iri: explorer.dataset.node, name: "", kind: "" });
}
