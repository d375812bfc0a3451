// The instructor's editor: CodeMirror in the place of the field, remarks at their line, and the preview beside it.
//
// 1. The field keeps the text, so that the form works as without a script.
// 2. What is typed is sent to the server after a pause; it answers with the preview, the remarks, and whether somebody
//    else has the lesson open.
// 3. Pictures that are pasted, dropped or chosen are stored beside the lesson, once somebody says what they show.

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";

import { look } from "./look.js";

const pause = 300;

const page = document.querySelector(".teach");
const form = page.querySelector("form[data-api]");
const field = form.querySelector("textarea.source");
const told = page.querySelector(".teach-image-told");
const alternative = page.querySelector("#alternative");

let timer;

const view = new EditorView({
  state: EditorState.create({
    doc: field.value,
    extensions: [
      EditorView.cspNonce.of(page.dataset.nonce),
      EditorView.contentAttributes.of({ "aria-labelledby": "text-label", spellcheck: "true" }),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged) return;
        field.value = update.state.doc.toString();
        clearTimeout(timer);
        timer = setTimeout(() => void lookAgain(), pause);
      }),
      EditorView.domEventHandlers({
        paste: (event) => takePictures(event, event.clipboardData),
        drop: (event) => takePictures(event, event.dataTransfer),
      }),
      keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, ...lintKeymap]),
      history(),
      lineNumbers(),
      drawSelection(),
      lintGutter(),
      EditorView.lineWrapping,
      highlightActiveLine(),
      look,
    ],
  }),
});
field.hidden = true;
const label = form.querySelector("label[for=text]");
label.id = "text-label";
label.addEventListener("click", () => view.focus());
field.after(view.dom);

const pictures = page.querySelector(".teach-image");
pictures.hidden = false;
page.querySelector("#image").addEventListener("change", (event) => {
  for (const file of event.target.files) void store(file);
  event.target.value = "";
});

async function lookAgain() {
  const text = view.state.doc.toString();
  const answer = await fetch(`${form.dataset.api}/preview`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ text }),
  });
  if (!answer.ok || text !== view.state.doc.toString()) return;
  const { preview_html, problems_html, problems, others } = await answer.json();
  if (preview_html !== null) page.querySelector(".teach-preview").innerHTML = preview_html;
  page.querySelector(".teach-problems").innerHTML = problems_html;
  page.querySelector(".teach-others").hidden = !others;
  view.dispatch(setDiagnostics(view.state, problems.map((problem) => diagnostic(view.state.doc, problem))));
}

function diagnostic(doc, { severity, line, column, length, code, message, hint }) {
  const found = doc.line(Math.min(line, doc.lines));
  const characters = [...found.text];
  const offset = (count) => found.from + characters.slice(0, count).join("").length;
  return {
    from: offset(column - 1),
    to: offset(column - 1 + length),
    severity: severity === "hint" ? "info" : severity,
    message: hint ? `${code}: ${message}\n${hint}` : `${code}: ${message}`,
  };
}

function takePictures(event, data) {
  const files = [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/"));
  if (files.length === 0) return false;
  event.preventDefault();
  for (const file of files) void store(file);
  return true;
}

async function store(file) {
  const said = alternative.value.trim();
  if (said === "") {
    // Nobody gets a picture into a lesson without saying what it shows.
    told.textContent = document.querySelector("label[for=alternative]").textContent;
    alternative.focus();
    return;
  }
  const query = new URLSearchParams({ name: file.name || "picture", alt: said });
  const answer = await fetch(`${form.dataset.api}/images?${query}`, { method: "PUT", body: file });
  const { markdown, message } = await answer.json();
  if (!answer.ok) {
    told.textContent = message;
    return;
  }
  told.textContent = `${told.dataset.stored} ${markdown}`;
  alternative.value = "";
  view.dispatch(view.state.replaceSelection(markdown));
}

void lookAgain();
setInterval(() => void lookAgain(), 20_000);
