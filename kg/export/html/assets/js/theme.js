/** Light and dark: the system's wish until the reader says otherwise. */
import { byId } from "./dom.js";
import { styles } from "./data.js";

const system = window.matchMedia("(prefers-color-scheme: dark)");
let chosen = null;
const listeners = [];

export const isDark = () => (chosen === null ? system.matches : chosen === "dark");
export const onTheme = (listener) => listeners.push(listener);
export const colourOf = (type) => styles.get(type)[isDark() ? "dark" : "light"];
/** A custom property of the style sheet, so that canvas and page share their colours. */
export const cssColour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export function applyTheme() {
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
  byId("theme").setAttribute("aria-label", `Switch to the ${isDark() ? "light" : "dark"} theme`);
  for (const listener of listeners) listener();
}

export function toggleTheme() {
  chosen = isDark() ? "light" : "dark";
  applyTheme();
}

system.addEventListener("change", () => chosen === null && applyTheme());

const SHAPES = {
  dot: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Z",
  square: "M2.8 2.8h10.4v10.4H2.8Z",
  diamond: "M8 1l7 7-7 7-7-7Z",
  triangle: "M8 1.8l6.6 11.6H1.4Z",
  triangleDown: "M8 14.2L1.4 2.6h13.2Z",
  hexagon: "M4.5 2h7L15 8l-3.5 6h-7L1 8Z",
  star: "M8 .8l2.1 4.9 5.3.5-4 3.5 1.2 5.2L8 12.1l-4.6 2.8 1.2-5.2-4-3.5 5.3-.5Z",
};

/** The sign of a type, as the map draws it. */
export function glyph(type) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "glyph");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[styles.get(type).shape]);
  path.dataset.type = type;
  path.setAttribute("fill", colourOf(type));
  if (type === "Paper") svg.setAttribute("transform", "scale(.72)");
  svg.append(path);
  return svg;
}

onTheme(() => {
  for (const path of document.querySelectorAll("path[data-type]")) path.setAttribute("fill", colourOf(path.dataset.type));
});
