/** A small graph in SVG: things can be reached with the keyboard, moved about, and more can join. */
import { el, svg, typeClass } from "./dom.js";

const STEPS = 220;
const [ROW, LINE] = [26, 15];
/** A name as it is written: on one row, or on two, each ended between words where there are any; a sign tells where more is left out. */
function rowsOf(name) {
  const [first, rest] = cutAt(name);
  if (!rest) return [first];
  const [second, more] = cutAt(rest);
  return [first, more ? `${second.trimEnd()}…` : second];
}
function cutAt(text) {
  const letters = [...text];
  if (letters.length <= ROW) return [text, ""];
  const space = letters.slice(0, ROW + 1).lastIndexOf(" ");
  const end = space > ROW / 3 ? space + 1 : ROW;
  return [letters.slice(0, end).join(""), letters.slice(end).join("")];
}
const pen = document.createElement("canvas").getContext("2d");
pen.font = `12px ${getComputedStyle(document.body).fontFamily}`;
/** Half of how wide rows are written at 12 pixels, with their halo. */
const half = (rows) => Math.max(...rows.map((row) => pen.measureText(row).width)) / 2 + 3;
/** Half of how wide a sign is, with a little air. */
const SIGN = 10;
/** The space that ends a row, for who reads the rows out as one name, shifts it by so much of the space's width. */
const SHIFT = { start: 0, middle: 0.5, end: 1 };
const crosses = (a, b) => a[0] < b[1] && a[1] > b[0] && a[2] < b[3] && a[3] > b[2];
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

export class Net {
  /** `holder` is the SVG element, in an element of class "picture", which gets buttons to zoom; `choose(thing)` is called when a thing is clicked or Enter is pressed on it. */
  constructor(holder, choose) {
    this.holder = holder;
    this.choose = choose;
    this.things = new Map();
    this.edges = new Map();
    this.view = { x: 0, y: 0, scale: 1 };
    this.whole = { left: 0, right: 0, top: 0, bottom: 0, scale: 1 };
    this.chosen = null;
    this.size = 1;
    this.layer = svg("g");
    holder.replaceChildren(this.layer);
    const button = (text, words, press) => el("button", { type: "button", "aria-label": words, text, on: { click: press } });
    holder.after(el("div", { class: "zoom", role: "group", "aria-label": "Zoom" },
      button("+", "Nearer", () => this.zoom(1.3)), button("−", "Farther", () => this.zoom(1 / 1.3)), button("⤢", "All of it", () => this.fit())));
    this.listen();
  }

  /** Add things ({ iri, name, kind }) and edges ({ subject, object, relation }); what is there stays where it is. */
  add(things, edges, around = null) {
    const centre = (around && this.things.get(around)) ?? { x: 0, y: 0 };
    let fresh = 0;
    for (const thing of things) {
      if (this.things.has(thing.iri)) continue;
      const far = 60 + 16 * Math.sqrt(fresh);
      this.things.set(thing.iri, { ...thing, x: centre.x + far * Math.cos(fresh * GOLDEN), y: centre.y + far * Math.sin(fresh * GOLDEN), free: true });
      fresh += 1;
    }
    for (const edge of edges) {
      const key = `${edge.subject} ${edge.relation} ${edge.object}`;
      if (this.things.has(edge.subject) && this.things.has(edge.object) && !this.edges.has(key)) this.edges.set(key, edge);
    }
    this.settle();
    this.draw();
    return fresh;
  }

  /** Put things in a row, or where that is too narrow one below the other, each joined to the next, as one reads a chain. */
  chain(things, edges) {
    const upright = this.holder.clientWidth < 560;
    things.forEach((thing, k) => this.things.set(thing.iri, { ...thing, x: upright ? 0 : k * 200, y: upright ? k * 84 : 0, free: false }));
    for (const edge of edges) this.edges.set(`${edge.subject} ${edge.relation} ${edge.object}`, { ...edge, chained: true });
    this.draw();
  }

  /** Take things away, and the edges to them. */
  remove(iris) {
    for (const iri of iris) this.things.delete(iri);
    for (const [key, { subject, object }] of this.edges) if (!this.things.has(subject) || !this.things.has(object)) this.edges.delete(key);
    this.draw();
  }

  /** Take all away. */
  clear() {
    this.chosen = null;
    this.remove([...this.things.keys()]);
  }

  /** The edges that a thing is an end of. */
  edgesOf(iri) {
    return [...this.edges.values()].filter(({ subject, object }) => subject === iri || object === iri);
  }

  /** Springs along edges, all things pushing each other off; what was placed before moves little. The same input gives the same picture. */
  settle() {
    const all = [...this.things.values()];
    const pairs = [...this.edges.values()].map((edge) => [this.things.get(edge.subject), this.things.get(edge.object)]);
    for (let step = 0; step < STEPS; step += 1) {
      const heat = 1 - step / STEPS;
      for (const a of all) [a.dx, a.dy] = [-a.x * 0.002, -a.y * 0.002];
      for (let i = 0; i < all.length; i += 1) {
        for (let j = i + 1; j < all.length; j += 1) {
          const [a, b] = [all[i], all[j]];
          const [x, y] = [a.x - b.x || 0.1 * (i + 1), a.y - b.y || 0.1];
          const d2 = x * x + y * y;
          if (d2 > 90000) continue;
          const push = 2600 / d2;
          const d = Math.sqrt(d2);
          a.dx += (x / d) * push * 4;
          a.dy += (y / d) * push * 4;
          b.dx -= (x / d) * push * 4;
          b.dy -= (y / d) * push * 4;
        }
      }
      for (const [a, b] of pairs) {
        const [x, y] = [b.x - a.x, b.y - a.y];
        const d = Math.hypot(x, y) || 1;
        const pull = (d - 105) * 0.04;
        a.dx += (x / d) * pull;
        a.dy += (y / d) * pull;
        b.dx -= (x / d) * pull;
        b.dy -= (y / d) * pull;
      }
      for (const a of all) {
        const most = (a.free ? 14 : 3) * heat;
        const d = Math.hypot(a.dx, a.dy);
        const k = d > most ? most / d : 1;
        a.x += a.dx * k;
        a.y += a.dy * k;
      }
    }
    for (const a of all) a.free = false;
  }

  draw() {
    const lines = [...this.edges.values()].map((edge) => {
      const [a, b] = [this.things.get(edge.subject), this.things.get(edge.object)];
      return svg("line", { class: edge.chained ? "chained" : null, x1: a.x, y1: a.y, x2: b.x, y2: b.y, "data-ends": `${edge.subject} ${edge.object}` }, svg("title", { text: `${a.name} ${edge.relation} ${b.name}` }));
    });
    const nodes = [...this.things.values()].map((thing) => svg("g", {
      class: `node ${typeClass(thing.kind)}`, tabindex: 0, role: "button", transform: `translate(${thing.x} ${thing.y})`,
      "aria-label": `${thing.name}, ${thing.kind}`, "data-iri": thing.iri,
      on: { click: () => this.take(thing), keydown: (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        this.take(thing);
      } },
    }, svg("rect", { class: "reach", x: -16, y: -12, width: 32, height: 42 }), svg("circle", { r: thing.iri === this.chosen ? 11 : 8 }), svg("title", { text: thing.name }), svg("text", { "aria-hidden": "true" })));
    const words = [...this.edges.values()].filter(({ chained }) => chained).map(({ subject, object, relation }) => {
      const [a, b] = [this.things.get(subject), this.things.get(object)];
      const [x, y] = [(a.x + b.x) / 2, (a.y + b.y) / 2];
      const lying = Math.abs(a.x - b.x) > Math.abs(a.y - b.y);
      const text = lying ? (a.x < b.x ? `${relation} →` : `← ${relation}`) : `${a.y < b.y ? "↓" : "↑"} ${relation}`;
      return svg("text", { class: "words", x: lying ? x : x + 8, y: lying ? y - 8 : y + 12, "text-anchor": lying ? "middle" : "start", "aria-hidden": "true", text });
    });
    this.layer.replaceChildren(...lines, ...words, ...nodes);
    this.mark();
    this.fit();
    this.name();
  }

  /** Write the names that find room: the chosen thing's first, papers' last. A name that is left out is told by pointing at its sign. */
  name() {
    const { x, y, scale } = this.view;
    const area = [-x / scale, (this.holder.clientWidth - x) / scale, -y / scale, (this.holder.clientHeight - y) / scale];
    const things = [...this.things.values()];
    const taken = things.map((thing) => ({ box: [thing.x - SIGN, thing.x + SIGN, thing.y - SIGN, thing.y + SIGN], of: thing }));
    const rank = (thing) => (thing.iri === this.chosen ? 0 : thing.kind === "Paper" ? 2 : 1);
    const written = new Map();
    for (const thing of things.sort((a, b) => rank(a) - rank(b))) {
      const rows = rowsOf(thing.name);
      // On one row, if there is no room for two.
      const places = [...this.placesOf(rows), ...(rows.length > 1 ? this.placesOf([`${rows[0].trimEnd()}…`]) : [])];
      const place = places.find(({ box: [left, right, top, bottom] }) => {
        const box = [thing.x + left, thing.x + right, thing.y + top, thing.y + bottom];
        return box[0] >= area[0] && box[1] <= area[1] && box[2] >= area[2] && box[3] <= area[3] && taken.every((other) => other.of === thing || !crosses(box, other.box));
      });
      if (!place) continue;
      const [left, right, top, bottom] = place.box;
      taken.push({ box: [thing.x + left, thing.x + right, thing.y + top, thing.y + bottom], of: thing });
      written.set(thing.iri, place);
    }
    for (const node of this.layer.querySelectorAll(".node")) {
      const { rows = [], x: begin, y: first, anchor } = written.get(node.dataset.iri) ?? {};
      const text = node.querySelector("text");
      if (anchor) text.setAttribute("text-anchor", anchor);
      const shift = SHIFT[anchor] * pen.measureText(" ").width * this.size;
      text.replaceChildren(...rows.map((row, at) => svg("tspan", { x: row.endsWith(" ") ? begin + shift : begin, y: first + at * LINE * this.size, text: row })));
    }
  }

  /** Where a name may stand by its sign, the best first: below, above, right, left. Each with its rows, the room they take, and where the first begins. */
  placesOf(rows) {
    const [wide, high, line] = [half(rows) * this.size, (3 + LINE * rows.length) * this.size, LINE * this.size];
    const middle = 4 * this.size - ((rows.length - 1) * line) / 2;
    return [
      { rows, box: [-wide, wide, 10, 10 + high], x: 0, y: 11 + 12 * this.size, anchor: "middle" },
      { rows, box: [-wide, wide, -12 - high, -12], x: 0, y: -10 - 5 * this.size - (rows.length - 1) * line, anchor: "middle" },
      { rows, box: [11, 11 + 2 * wide, -high / 2, high / 2], x: 14, y: middle, anchor: "start" },
      { rows, box: [-11 - 2 * wide, -11, -high / 2, high / 2], x: -14, y: middle, anchor: "end" },
    ];
  }

  take(thing) {
    if (this.dragged) return;
    this.chosen = thing.iri;
    this.mark();
    this.choose(thing);
  }

  /** Set off the chosen thing and the lines to it. */
  mark() {
    for (const node of this.layer.querySelectorAll(".node")) node.classList.toggle("chosen", node.dataset.iri === this.chosen);
    for (const line of this.layer.querySelectorAll("line")) line.classList.toggle("near", line.dataset.ends.split(" ").includes(this.chosen));
  }

  /** Show all, with the names at the edges: how far those reach depends on the scale, and the scale on them. */
  fit() {
    const all = [...this.things.values()];
    const box = this.holder.getBoundingClientRect();
    const [top, bottom] = [Math.min(...all.map((a) => a.y), 0) - 25, Math.max(...all.map((a) => a.y), 0) + 65];
    let [left, right, scale] = [0, 0, 1];
    for (let round = 0; round < 3; round += 1) {
      left = Math.min(...all.map((a) => a.x - half(rowsOf(a.name)) * this.size - 12), -60);
      right = Math.max(...all.map((a) => a.x + half(rowsOf(a.name)) * this.size + 12), 60);
      scale = Math.min(box.width / (right - left), box.height / (bottom - top), 1.4);
      // Small pictures, as on a phone, have larger names and fewer of them.
      this.size = Math.min(Math.max(1 / scale, 1), 1.6);
    }
    this.whole = { left, right, top, bottom, scale };
    this.view = { scale, x: box.width / 2 - ((left + right) / 2) * scale, y: box.height / 2 - ((top + bottom) / 2) * scale };
    this.layer.style.setProperty("--name", `${12 * this.size}px`);
    this.move();
  }

  /** Nearer or farther, about the middle or a point of the holder. */
  zoom(factor, [px, py] = [this.holder.clientWidth / 2, this.holder.clientHeight / 2]) {
    this.see(this.view, [px, py], [px, py], factor);
  }

  /** Move from what was seen, so that what lay at one point lies at another, by so much nearer. All of it may be made half as large, no less. */
  see(view, [fromX, fromY], [x, y], factor) {
    const scale = Math.min(Math.max(view.scale * factor, this.whole.scale / 2), 5);
    const grown = scale / view.scale;
    this.view = { scale, x: x - (fromX - view.x) * grown, y: y - (fromY - view.y) * grown };
    this.move();
  }

  /** Put the layer where it is seen, within bounds: some of the whole stays near the middle of the picture. */
  move() {
    const { left, right, top, bottom } = this.whole;
    const { scale } = this.view;
    const [wide, high] = [this.holder.clientWidth, this.holder.clientHeight];
    const x = Math.min(Math.max(this.view.x, wide * 0.4 - right * scale), wide * 0.6 - left * scale);
    const y = Math.min(Math.max(this.view.y, high * 0.4 - bottom * scale), high * 0.6 - top * scale);
    this.view = { x, y, scale };
    this.layer.setAttribute("transform", `translate(${x} ${y}) scale(${scale})`);
  }

  /** A pointer drags; two zoom, by how far apart they are, and drag. What the page does by itself with a wheel and with one finger is left to it. */
  listen() {
    const pointers = new Map();
    const middle = () => {
      const box = this.holder.getBoundingClientRect();
      const [a, b = a] = [...pointers.values()];
      return { at: [(a.clientX + b.clientX) / 2 - box.left, (a.clientY + b.clientY) / 2 - box.top], apart: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) || 1 };
    };
    let from = null;
    const begin = () => {
      from = pointers.size ? { ...middle(), view: this.view } : null;
    };
    this.holder.addEventListener("pointerdown", (event) => {
      if (event.button || pointers.size > 1) return;
      if (!pointers.size) this.dragged = false;
      pointers.set(event.pointerId, event);
      begin();
    });
    window.addEventListener("pointermove", (event) => {
      if (!pointers.has(event.pointerId)) return;
      pointers.set(event.pointerId, event);
      const { at, apart } = middle();
      if (pointers.size === 1 && !this.dragged && Math.hypot(at[0] - from.at[0], at[1] - from.at[1]) < 5) return;
      this.dragged = true;
      this.see(from.view, from.at, at, apart / from.apart);
    });
    const end = (event) => {
      if (pointers.delete(event.pointerId)) begin();
    };
    window.addEventListener("pointerup", end);
    window.addEventListener("pointercancel", (event) => {
      // The finger scrolls the page after all: what it has moved goes back.
      if (pointers.size === 1 && pointers.has(event.pointerId)) this.see(from.view, from.at, from.at, 1);
      end(event);
    });
    // One finger up or down scrolls the page; two are the picture's.
    this.holder.addEventListener("touchmove", (event) => {
      if (event.touches.length > 1 && event.cancelable) event.preventDefault();
    }, { passive: false });
    this.holder.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const box = this.holder.getBoundingClientRect();
      this.zoom(Math.exp(-event.deltaY / 500), [event.clientX - box.left, event.clientY - box.top]);
    }, { passive: false });
  }
}
