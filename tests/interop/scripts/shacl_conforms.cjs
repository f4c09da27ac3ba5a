// Prints whether a graph conforms to shapes (rdf-validate-shacl), and what it violates.
const { readFileSync } = require("node:fs");
const { Parser, Store } = require("n3");

const read = (path) => new Store(new Parser().parse(readFileSync(path, "utf-8")));

async function main() {
  const { default: Validator } = await import("rdf-validate-shacl");
  const report = await new Validator(read(process.argv[2])).validate(read(process.argv[3]));
  console.log(report.conforms ? "conforms" : report.results.map((result) => result.focusNode.value).join("\n"));
}

main();
