// Prints how many triples N3.js reads from a Turtle file.
const { createReadStream } = require("node:fs");
const { StreamParser, Store } = require("n3");

const store = new Store();
createReadStream(process.argv[2]).pipe(new StreamParser()).on("data", (quad) => store.add(quad))
  .on("error", (error) => { console.error(error.message); process.exit(1); })
  .on("end", () => console.log(store.size));
