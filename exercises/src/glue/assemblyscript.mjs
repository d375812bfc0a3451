// Compiles `glue.ts`, which imports `solution.ts`, and says what is wrong as JSON, one document a line:
// {"file", "line", "column", "end_line", "end_column", "code", "message"}, where `file` is null if it is nowhere.
import { readFileSync, writeFileSync } from "node:fs";
import { main } from "/usr/lib/node_modules/assemblyscript/dist/asc.js";

const sources = new Map(["glue.ts", "solution.ts"].map((name) => [name, readFileSync(name, "utf8")]));

// The line and column of a place, which counts UTF-16 units, from 1; columns count characters.
function position(text, at) {
  const lines = text.slice(0, at).split("\n");
  return [lines.length, [...lines.at(-1)].length + 1];
}

function tell({ code, category, message, range }) {
  const ERROR = 3;
  if (category !== ERROR) return;
  const file = range?.source?.normalizedPath ?? null;
  const text = sources.get(file);
  const [line, column] = text ? position(text, range.start) : [0, 0];
  const [end_line, end_column] = text ? position(text, range.end) : [0, 0];
  console.log(JSON.stringify({ file, line, column, end_line, end_column, code, message }));
}

const { error } = await main(["glue.ts", ...process.argv.slice(2)], {
  stdout: { write() {} },
  stderr: { write() {} },
  // A solution is these two files: nothing else is there to be imported.
  readFile: (name) => sources.get(name) ?? null,
  writeFile: (name, contents) => writeFileSync(name, contents),
  listFiles: () => [],
  reportDiagnostic: tell,
});
if (error) {
  console.error(error.message);
  process.exitCode = 1;
}
