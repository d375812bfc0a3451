// The code editor, which islands/editor.rs loads where there is code to edit: CodeMirror 6 with the parts that an
// exercise needs.
//
// Tab is left to the browser and moves the focus on: the keyboard is never caught. Ctrl+] and Ctrl+[ indent.

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";

import { look } from "./look.js";
import { followResults, markable } from "./marks.js";

// What each language of the catalogue needs, loaded with the first text in it.
const languages = {
  rust: () => import("@codemirror/lang-rust").then(({ rust }) => rust()),
  c: () => import("@codemirror/lang-cpp").then(({ cpp }) => cpp()),
  assemblyscript: () => import("@codemirror/lang-javascript").then(({ javascript }) => javascript({ typescript: true })),
  wat: () => import("@codemirror/lang-wast").then(({ wast }) => wast()),
};

// Puts an editor with the text `source` into the element `parent`. `language` is a key of `languages`; in any other
// one the text has no colours. `nonce` is that of the page's Content-Security-Policy, `label` the accessible name of
// the text. `onChange` is called with the text after each change. What the `.results` of the same `.workbench` complain
// about is marked.
function mount(parent, source, { language, nonce, label, onChange }) {
  const syntax = new Compartment();
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: source,
      extensions: [
        EditorView.cspNonce.of(nonce),
        EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString());
        }),
        keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap]),
        indentUnit.of("    "),
        indentOnInput(),
        history(),
        lineNumbers(),
        drawSelection(),
        EditorView.lineWrapping,
        bracketMatching(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        markable,
        look,
        syntax.of([]),
      ],
    }),
  });
  const results = parent.closest(".workbench")?.querySelector(".results");
  if (results) followResults(view, results);
  languages[language]?.().then((support) => view.dispatch({ effects: syntax.reconfigure(support) }));
  return {
    get: () => view.state.doc.toString(),
    set: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
  };
}

globalThis.latencyLabEditor = { mount };
