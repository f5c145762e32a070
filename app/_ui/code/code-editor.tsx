"use client";

import dynamic from "next/dynamic";
import styles from "./code.module.css";
import type { CodeEditorProps } from "./code-editor-view.tsx";

/** Loaded when first needed; until then the text is readable as it is. */
const Loaded = dynamic(() => import("./code-editor-view.tsx"), {
  ssr: false,
  loading: () => <div className={styles.editor} aria-busy />,
});

export function CodeEditor(props: CodeEditorProps) {
  return <Loaded {...props} />;
}
