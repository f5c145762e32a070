"use client";

import { yaml } from "@codemirror/lang-yaml";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { minimalSetup } from "codemirror";
import { useEffect, useRef, useState } from "react";
import styles from "./code.module.css";
import { regoLanguage } from "./rego-language.ts";

const tokens = HighlightStyle.define([
  { tag: tags.comment, color: "var(--g-muted)", fontStyle: "italic" },
  { tag: [tags.keyword, tags.bool, tags.null], color: "var(--g-approval-text)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--g-good-text)" },
  { tag: tags.number, color: "var(--g-drifted-text)" },
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--g-running-text)" },
  { tag: [tags.function(tags.variableName), tags.standard(tags.variableName)], color: "var(--g-link)" },
]);

export type CodeLanguage = "rego" | "yaml" | "json" | "text";

const languages: Record<CodeLanguage, Extension> = {
  rego: regoLanguage,
  yaml: yaml(),
  json: yaml(),
  text: [],
};

export type CodeEditorProps = {
  value: string;
  language: CodeLanguage;
  label: string;
  /** Absent: for reading only. */
  onChange?: ((text: string) => void) | undefined;
  /** A line, counted from 1, to bring into view. */
  row?: number | undefined;
};

/** Source with line numbers and colours. The editor owns its text; a new `value` from outside replaces it. */
export default function CodeEditorView({ value, language, label, onChange, row }: CodeEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<EditorView | null>(null);
  const change = useRef(onChange);
  useEffect(() => {
    change.current = onChange;
  });
  const editable = onChange !== undefined;

  useEffect(() => {
    if (!place.current) return;
    const made = new EditorView({
      parent: place.current,
      state: EditorState.create({
        extensions: [
          minimalSetup,
          lineNumbers(),
          languages[language],
          syntaxHighlighting(tokens),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
          EditorState.readOnly.of(!editable),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) change.current?.(update.state.doc.toString());
          }),
        ],
      }),
    });
    setEditor(made);
    return () => made.destroy();
  }, [language, label, editable]);

  useEffect(() => {
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [editor, value]);

  useEffect(() => {
    if (!editor || !row || row > editor.state.doc.lines) return;
    const line = editor.state.doc.line(row);
    editor.dispatch({
      selection: { anchor: line.from, head: line.to },
      effects: EditorView.scrollIntoView(line.from, { y: "center" }),
    });
  }, [editor, row]);

  return <div ref={place} className={styles.editor} data-readonly={!editable || undefined} />;
}
