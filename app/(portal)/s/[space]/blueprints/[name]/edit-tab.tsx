"use client";

import { Button, Group, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useTRPC } from "#app/_trpc/react.tsx";
import { CodeEditor } from "#app/_ui/code/code-editor.tsx";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import styles from "#app/(portal)/s/[space]/blueprints/blueprints.module.css";
import { BlueprintProblems } from "./blueprint-problems.tsx";
import { languageOf } from "./language-of.ts";
import type { RevisionView } from "./revision-view.ts";

/** The next revision, written from this one. It is checked when saved, and waits for somebody else's review. */
export function EditTab({ space, revision }: { space: string; revision: RevisionView }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { change } = useUrlState();
  const [files, setFiles] = useState<Record<string, string>>(revision.files);
  const [file, setFile] = useState("blueprint.yaml");
  const [newName, setNewName] = useState("");
  const [place, setPlace] = useState<{ file: string; row: number } | null>(null);
  const save = useMutation(
    trpc.blueprint.save.mutationOptions({
      onSuccess: (saved) => {
        void queries.invalidateQueries(trpc.blueprint.pathFilter());
        change({ revision: saved.revision.id, tab: "diff" }, "push");
      },
    }),
  );
  const differs = JSON.stringify(files) !== JSON.stringify(revision.files);
  return (
    <>
      <div className={styles.line}>
        <NativeSelect
          label="File"
          value={file}
          onChange={(event) => setFile(event.currentTarget.value)}
          data={Object.keys(files).sort()}
        />
        <TextInput
          label="New file"
          placeholder="scripts/setup.sh"
          value={newName}
          onChange={(event) => setNewName(event.currentTarget.value)}
        />
        <Button
          variant="default"
          disabled={newName.trim() === "" || newName in files}
          onClick={() => {
            setFiles({ ...files, [newName.trim()]: "" });
            setFile(newName.trim());
            setNewName("");
          }}
        >
          Add
        </Button>
        {file === "blueprint.yaml" ? null : (
          <Button
            variant="default"
            onClick={() => {
              setFiles(Object.fromEntries(Object.entries(files).filter(([name]) => name !== file)));
              setFile("blueprint.yaml");
            }}
          >
            Remove {file}
          </Button>
        )}
      </div>
      <CodeEditor
        key={file}
        value={files[file] ?? ""}
        language={languageOf(file)}
        label={file}
        onChange={(text) => setFiles((before) => ({ ...before, [file]: text }))}
        row={place?.file === file ? place.row : undefined}
      />
      <Group mt="md">
        <Button
          disabled={!differs}
          loading={save.isPending}
          onClick={() => save.mutate({ space, blueprintName: revision.blueprintName, files })}
        >
          Save for review
        </Button>
        {differs ? (
          <Button variant="default" onClick={() => setFiles(revision.files)}>
            Undo all changes
          </Button>
        ) : null}
      </Group>
      <ProblemNotice error={save.error} title="Not saved" />
      <BlueprintProblems
        error={save.error}
        show={(problem) => {
          setFile(problem.file);
          setPlace({ file: problem.file, row: problem.row });
        }}
      />
    </>
  );
}
