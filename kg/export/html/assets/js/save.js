/** Taking something away: the view as a picture, the shown part as Turtle. */
import { data, facts, iriOf, nodes, isPaper } from "./data.js";
import { claimLives, liveFacts } from "./filters.js";
import { network } from "./map.js";
import { quotesOf } from "./evidence.js";
import { isShown, shownNodes } from "./stage.js";
import { cssColour } from "./theme.js";

function download(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** The canvas has no background of its own. */
export function savePng() {
  const canvas = network.canvas.frame.canvas;
  const copy = document.createElement("canvas");
  copy.width = canvas.width;
  copy.height = canvas.height;
  const ctx = copy.getContext("2d");
  ctx.fillStyle = cssColour("--page");
  ctx.fillRect(0, 0, copy.width, copy.height);
  ctx.drawImage(canvas, 0, 0);
  copy.toBlob((blob) => blob && download(blob, "graph.png"), "image/png");
}

const ESCAPES = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const literal = (text, lang) => `"${text.replace(/["\\\n\r\t]/g, (c) => ESCAPES[c]).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, unicode)}"${lang ? `@${lang}` : ""}`;
const unicode = (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0").toUpperCase()}`;
const reference = (iri) => `<${iriOf(iri).replace(/[\u0000-\u0020<>"{}|^`\\]/g, unicode)}>`;
// Authorship is not a term of our own ontology.
const term = (name) => name === "creator" ? "dcterms:creator" : (/^[A-Za-z][A-Za-z0-9]*$/.test(name) ? `kg:${name}` : reference(data.ontology + name));

/** The shown things with their names, the facts between them, and the evidence of those facts. */
export function turtleOfShown() {
  const lines = [
    `@prefix kg: <${data.ontology}> .`,
    "@prefix dcterms: <http://purl.org/dc/terms/> .",
    "@prefix oa: <http://www.w3.org/ns/oa#> .",
    "@prefix prov: <http://www.w3.org/ns/prov#> .",
    "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .",
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .",
  ];
  for (const i of shownNodes().sort((a, b) => a - b)) lines.push("", thing(i));
  for (const fact of facts) {
    if (!liveFacts[fact.index] || !isShown(fact.s) || !isShown(fact.o)) continue;
    lines.push("");
    if (fact.asserted) lines.push(`${reference(nodes[fact.s].iri)} ${term(fact.relation.name)} ${reference(nodes[fact.o].iri)} .`);
    for (const claim of fact.claims.filter(claimLives)) lines.push(claimTurtle(claim, fact));
  }
  return `${lines.join("\n")}\n`;
}

function thing(i) {
  const node = nodes[i];
  const parts = [`a ${term(node.type)}`];
  const names = [["en", node.en ?? []], ["zh-Hans", node.zh ?? []]];
  for (const [lang, own] of names) {
    own.forEach((name, k) => parts.push(`${k ? "skos:altLabel" : isPaper(i) ? "dcterms:title" : "skos:prefLabel"} ${literal(name, lang)}`));
  }
  for (const id of node.identifier ?? []) parts.push(`dcterms:identifier ${literal(id)}`);
  return `${reference(node.iri)} ${parts.join(" ;\n  ")} .`;
}

function claimTurtle(claim, fact) {
  const parts = [
    "a kg:Claim",
    `rdf:subject ${reference(nodes[fact.s].iri)}`,
    `rdf:predicate ${term(fact.relation.name)}`,
    `rdf:object ${reference(nodes[fact.o].iri)}`,
  ];
  if (claim.paper !== undefined) parts.push(`prov:wasDerivedFrom ${reference(nodes[claim.paper].iri)}`);
  if (claim.conf !== undefined) parts.push(`kg:confidence "${claim.conf}"^^xsd:decimal`);
  parts.push(`kg:polarity ${literal(claim.polarity ?? "asserted")}`);
  for (const [, words] of quotesOf(claim)) parts.push(`oa:hasTarget [ oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact ${literal(words)} ] ]`);
  return `${claim.iri ? reference(claim.iri) : "[]"} ${parts.join(" ;\n  ")} .`;
}

export function saveTurtle() {
  download(new Blob([turtleOfShown()], { type: "text/turtle;charset=utf-8" }), "graph-part.ttl");
}
