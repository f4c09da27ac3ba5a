/** Quotes: the words that prove a fact, marked within what stands around them. */
import { cut, el } from "./dom.js";
import { isPaper, nameOf, nodes } from "./data.js";

const AROUND = 90;

/** [before, words, after] for each place that proves a claim or states a number. */
export function quotesOf(claim) {
  const abstract = claim.paper === undefined ? "" : (nodes[claim.paper].abstract ?? "");
  return (claim.quotes ?? []).map((quote) => {
    if (quote.length === 3) return quote;
    const [start, end] = quote;
    return [context(abstract.slice(0, start), true), abstract.slice(start, end), context(abstract.slice(end), false)];
  });
}

/** About AROUND characters next to the words, cut at a space where there is one near. */
function context(text, before) {
  if (text.length <= AROUND) return text;
  if (before) {
    const piece = text.slice(-AROUND);
    const space = piece.indexOf(" ");
    return `…${piece.slice(space >= 0 && space < 25 ? space + 1 : 0)}`;
  }
  const piece = text.slice(0, AROUND);
  const space = piece.lastIndexOf(" ");
  return `${piece.slice(0, space > AROUND - 25 ? space : AROUND)}…`;
}

export function confidence(value) {
  if (value === undefined) return null;
  const percent = `${Math.round(value * 100)}%`;
  return el("span", { class: "sure", title: `Confidence ${percent}` },
    el("span", { class: "meter", "aria-hidden": "true" }, el("i", { style: { width: percent } })),
    el("span", {}, el("span", { class: "unseen", text: "confidence " }), percent));
}

const POLARITY = { negated: "the text denies it", hedged: "the text is not sure" };

/** One claim: its quote, its paper (unless that is whose panel it stands in) and its confidence. */
export function claimView(claim, { goTo, inPaper = false, withConfidence = true }) {
  const paper = claim.paper;
  const foot = el("div", { class: "from" },
    paper !== undefined && isPaper(paper) && !inPaper
      ? el("button", { class: "link", type: "button", title: nameOf(paper), on: { click: () => goTo(paper) }, text: cut(nameOf(paper), 60) })
      : null,
    claim.polarity ? el("span", { class: "flag", text: POLARITY[claim.polarity] ?? claim.polarity }) : null,
    withConfidence ? confidence(claim.conf) : null);
  const lang = paper === undefined ? null : nodes[paper].language;
  return el("div", { class: "quote" },
    quotesOf(claim).map(([before, words, after]) => el("blockquote", { lang }, before, el("mark", { text: words }), after)),
    foot.childNodes.length ? foot : null);
}

/** An abstract with every proving word underlined. */
export function abstractView(text, claims) {
  const spans = claims.flatMap((claim) => claim.quotes ?? []).filter((quote) => quote.length === 2).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const parts = [];
  let at = 0;
  for (const [start, end] of spans) {
    if (end <= at) continue;
    parts.push(text.slice(at, Math.max(start, at)), el("mark", { text: text.slice(Math.max(start, at), end) }));
    at = end;
  }
  parts.push(text.slice(at));
  return el("p", { class: "abstract" }, parts);
}
