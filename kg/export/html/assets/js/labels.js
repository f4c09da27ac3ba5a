/**
 * Names on the map, as on a paper map: of a constant size on the screen, the important ones first, and none over another. A
 * name that finds no room is left out until the reader comes nearer.
 */
import { cut } from "./dom.js";

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const CELL = 64;
const widths = new Map();

/** Boxes already taken, in a coarse grid so that a test touches few of them. */
class Taken {
  constructor() {
    this.cells = new Map();
  }

  * around(box) {
    for (let x = Math.floor(box.left / CELL); x <= Math.floor(box.right / CELL); x += 1) {
      for (let y = Math.floor(box.top / CELL); y <= Math.floor(box.bottom / CELL); y += 1) yield x * 100003 + y;
    }
  }

  /** What a box meets but what its label is of; some of it more than once. */
  * meeting(box, own) {
    for (const key of this.around(box)) {
      for (const other of this.cells.get(key) ?? []) {
        if (other.own !== own && box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top) yield other;
      }
    }
  }

  empty(box, own) {
    return this.meeting(box, own).next().done;
  }

  /** Whether nothing is there but signs that the label may cover: faint ones, those much smaller than its own, or all. */
  free(box, own) {
    for (const other of this.meeting(box, own)) {
      if (!(other.sign && (own.overSigns || other.own.faint || other.sign < own.r * 0.6))) return false;
    }
    return true;
  }

  /** How much of what is there a box would cover. Two names over one another cannot be read, so a name counts for more than a sign. */
  overlap(box, own) {
    let sum = 0;
    for (const other of new Set(this.meeting(box, own))) {
      const shared = (Math.min(box.right, other.right) - Math.max(box.left, other.left)) * (Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top));
      sum += other.sign ? shared : 4 * shared;
    }
    return sum;
  }

  add(box) {
    for (const key of this.around(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }
}

function widthOf(ctx, text, font) {
  const key = font + text;
  if (!widths.has(key)) {
    if (widths.size > 20000) widths.clear();
    widths.set(key, ctx.measureText(text).width);
  }
  return widths.get(key);
}

/**
 * Draw names. `items` come most important first: { text, x, y, r, strong, quiet, must, overSigns, faint, onLine } with x, y, r in screen pixels. The context
 * must be in screen pixels too. Names stay within `area`, which no card covers.
 */
export function drawLabels(ctx, items, colours, area, limit = 400) {
  const taken = new Taken();
  for (const item of items) {
    if (item.r > 3.5) taken.add({ left: item.x - item.r, right: item.x + item.r, top: item.y - item.r, bottom: item.y + item.r, own: item, sign: item.r });
  }
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  let drawn = 0;
  for (const item of items) {
    if (drawn >= limit) break;
    if (!item.text) continue;
    const size = item.strong ? 14 : item.quiet ? 11 : Math.min(15, 11.5 + item.r / 9);
    const font = `${item.strong || item.r > 15 ? "600 " : item.quiet ? "italic " : ""}${size.toFixed(1)}px ${FONT}`;
    ctx.font = font;
    const text = item.must ? fitted(ctx, item.text, font, area.right - area.left - 8) : item.text;
    const place = roomFor(item, widthOf(ctx, text, font), size, taken, area);
    if (!place) continue;
    taken.add(place);
    ctx.lineWidth = 3.5;
    ctx.strokeStyle = colours.halo;
    ctx.strokeText(text, place.left + 2, place.middle);
    ctx.fillStyle = item.quiet ? colours.soft : colours.ink;
    ctx.fillText(text, place.left + 2, place.middle);
    drawn += 1;
  }
}

/** As much of a name as is no wider than `room`. */
function fitted(ctx, text, font, room) {
  let short = text;
  for (let length = [...text].length - 1; length > 1 && widthOf(ctx, short, font) > room; length -= 1) short = cut(text, length);
  return short;
}

/**
 * Below the sign, above it, right of it, left of it, at its corners: the first where nothing is, else the one that covers the least
 * of the signs that it may cover. What must be written is written in any case, below and above its sign also moved sideways to stay
 * in the area.
 */
function roomFor(item, width, size, taken, area) {
  const [w, h, gap] = [width + 4, size * 1.25, item.r + 2];
  const places = item.onLine ? item.onLine.map(([x, y]) => [x - w / 2, y]) : [
    [item.x - w / 2, item.y + gap + h / 2],
    [item.x - w / 2, item.y - gap - h / 2],
    [item.x + gap, item.y],
    [item.x - gap - w, item.y],
    [item.x + gap * 0.6, item.y + gap * 0.6 + h / 2],
    [item.x - gap * 0.6 - w, item.y + gap * 0.6 + h / 2],
    [item.x + gap * 0.6, item.y - gap * 0.6 - h / 2],
    [item.x - gap * 0.6 - w, item.y - gap * 0.6 - h / 2],
  ];
  // Where the sign itself is out of the area, a name within would seem to be of something else.
  if (item.must && item.x > area.left && item.x < area.right) {
    const within = Math.min(Math.max(item.x - w / 2, area.left + 1), area.right - w - 1);
    places.push([within, item.y + gap + h / 2], [within, item.y - gap - h / 2]);
  }
  const boxes = places.map(([left, middle]) => ({ left, right: left + w, top: middle - h / 2, bottom: middle + h / 2, middle, own: item }));
  const seen = boxes.filter((box) => box.left > area.left && box.right < area.right && box.top > area.top && box.bottom < area.bottom);
  const empty = seen.find((box) => taken.empty(box, item));
  if (empty) return empty;
  let allowed = seen.filter((box) => taken.free(box, item));
  if (item.must && allowed.length === 0) allowed = seen.length ? seen : boxes;
  const covered = allowed.map((box) => taken.overlap(box, item));
  return allowed[covered.indexOf(Math.min(...covered))] ?? null;
}
