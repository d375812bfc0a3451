// Marks the places that the results below the editor complain about: each is an element `.mark` with `data-from`,
// `data-to` (both `line:column` from 1, columns in characters) and `data-message`. The pages make them in
// app/src/pages/marks.rs.

import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { keymap } from "@codemirror/view";

// What an editor with marks needs: signs beside the lines, and F8 for the next mark.
export const markable = [lintGutter(), keymap.of(lintKeymap)];

// Marks what the results say now and whenever they change.
export function followResults(view, results) {
  let shown = "";
  const mark = () => {
    const marks = [...results.querySelectorAll(".mark")].map(({ dataset }) => ({ ...dataset }));
    const found = JSON.stringify(marks);
    // What was typed since has moved the marks along; the same marks are not set anew.
    if (found === shown) return;
    shown = found;
    view.dispatch(setDiagnostics(view.state, marks.map((of) => diagnostic(view.state.doc, of))));
  };
  new MutationObserver(mark).observe(results, { childList: true, subtree: true });
  mark();
}

function diagnostic(doc, { from, to, message }) {
  const start = position(doc, from);
  return { from: start, to: Math.max(start, position(doc, to)), severity: "error", message };
}

// Where a place is in the document, which counts code units; a place behind its end is its end.
function position(doc, place) {
  const [line, column] = place.split(":").map(Number);
  if (line > doc.lines) return doc.length;
  const { from, text } = doc.line(line);
  return from + [...text].slice(0, column - 1).join("").length;
}
