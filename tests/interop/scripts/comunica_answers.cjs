// Reads {name: query} from standard input; prints {name: [[cell, …], …]}, or {name: "the engine's error"}.
const { readFileSync } = require("node:fs");
const { resolve } = require("node:path");
const { QueryEngine } = require("@comunica/query-sparql-file");

async function main() {
  const engine = new QueryEngine();
  const sources = [resolve(process.argv[2])];
  const answers = {};
  for (const [name, text] of Object.entries(JSON.parse(readFileSync(0, "utf-8")))) {
    try {
      const result = await engine.query(text, { sources });
      if (result.resultType === "boolean") {
        answers[name] = [[String(await result.execute())]];
        continue;
      }
      const columns = (await result.metadata()).variables.map((entry) => entry.variable ?? entry);
      const rows = await (await result.execute()).toArray();
      answers[name] = rows.map((row) => columns.map((column) => row.get(column)?.value ?? ""));
    } catch (error) {
      answers[name] = String(error.message ?? error);
    }
  }
  console.log(JSON.stringify(answers));
}

main();
