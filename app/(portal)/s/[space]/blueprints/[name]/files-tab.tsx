"use client";

import { NativeSelect } from "@mantine/core";
import { CodeEditor } from "#app/_ui/code/code-editor.tsx";
import { CopyButton } from "#app/_ui/copy-button.tsx";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import styles from "#app/(portal)/s/[space]/blueprints/blueprints.module.css";
import { languageOf } from "./language-of.ts";

/** The files of a revision, as they are kept. */
export function FilesTab({ files }: { files: Readonly<Record<string, string>> }) {
  const { value, change } = useUrlState();
  const names = Object.keys(files).sort(
    (a, b) => Number(b === "blueprint.yaml") - Number(a === "blueprint.yaml") || a.localeCompare(b),
  );
  const shown = names.includes(value("file")) ? value("file") : (names[0] ?? "");
  const row = Number(value("row")) || undefined;
  return (
    <>
      <div className={styles.line}>
        <NativeSelect
          label={`File (${names.length})`}
          value={shown}
          onChange={(event) => change({ file: event.currentTarget.value, row: null })}
          data={names}
        />
        <CopyButton value={files[shown] ?? ""} what={shown} />
      </div>
      <CodeEditor value={files[shown] ?? ""} language={languageOf(shown)} label={shown} row={row} />
    </>
  );
}
