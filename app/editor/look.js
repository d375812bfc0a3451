// How the editor looks: as the rest of the site. The variables are those of app/style/00-tokens.css, which has them for
// light and for dark.

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const theme = EditorView.theme({
  ".cm-scroller": { fontFamily: "inherit", lineHeight: "inherit", minHeight: "22rem", maxHeight: "75vh" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--ink-soft)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--surface)" },
  "&.cm-focused": { outline: "3px solid var(--accent)", outlineOffset: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--accent-wash)",
  },
  "&.cm-focused .cm-matchingBracket, .cm-selectionMatch": { backgroundColor: "var(--line)" },
  ".cm-searchMatch": { backgroundColor: "var(--accent-wash)" },
  ".cm-panels": { backgroundColor: "var(--surface)", color: "var(--ink)", borderColor: "var(--line)" },
  ".cm-tooltip": { backgroundColor: "var(--surface)", color: "var(--ink)", borderColor: "var(--line-strong)" },
  ".cm-diagnostic": { fontFamily: "var(--sans)", fontSize: "1rem", whiteSpace: "pre-wrap", maxWidth: "36rem" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--bad)" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    backgroundColor: "var(--bad-wash)",
    textDecoration: "underline wavy var(--bad)",
  },
  ".cm-lintPoint-error:after": { borderBottomColor: "var(--bad)" },
  ".cm-lint-marker-error": { content: "none", color: "var(--bad)" },
  ".cm-lint-marker-error:after": { content: "'●'", display: "block", textAlign: "center", lineHeight: "1em" },
  ".cm-panel.cm-panel-lint ul [aria-selected]": { backgroundColor: "var(--accent-wash)" },
  ".cm-panel .cm-textfield": {
    backgroundColor: "var(--paper)",
    borderColor: "var(--line-strong)",
    color: "var(--ink)",
    fontSize: "inherit",
  },
  ".cm-panel .cm-button": {
    backgroundColor: "var(--paper)",
    backgroundImage: "none",
    borderColor: "var(--line-strong)",
    color: "var(--ink)",
    fontSize: "inherit",
  },
});

const colours = HighlightStyle.define([
  { tag: [tags.comment, tags.meta], color: "var(--code-comment)" },
  { tag: [tags.string, tags.character], color: "var(--code-string)" },
  { tag: [tags.keyword, tags.self, tags.modifier, tags.operatorKeyword], color: "var(--code-keyword)" },
  { tag: [tags.typeName, tags.function(tags.variableName), tags.macroName], color: "var(--code-name)" },
  { tag: [tags.number, tags.bool, tags.atom], color: "var(--code-number)" },
]);

// The extensions that make the look.
export const look = [theme, syntaxHighlighting(colours)];
