"use client";

import { Button } from "@mantine/core";
import { shownProblem } from "#app/_portal/problem.ts";
import { DataTable } from "#app/_ui/data-table.tsx";
import type { BlueprintProblem } from "#server/blueprint/blueprint.ts";

/** Every error of a refused blueprint with its file, row and column; each leads to its place. */
export function BlueprintProblems({ error, show }: { error: unknown; show: (problem: BlueprintProblem) => void }) {
  const details = error ? shownProblem(error).details : undefined;
  const problems = Array.isArray(details?.problems) ? (details.problems as BlueprintProblem[]) : [];
  if (problems.length === 0) return null;
  return (
    <DataTable
      label="Problems"
      rows={problems}
      rowKey={(problem) => `${problem.file}:${problem.row}:${problem.column}:${problem.message}`}
      columns={[
        {
          key: "place",
          label: "Place",
          tight: true,
          cell: (problem) => (
            <Button size="compact-xs" variant="default" onClick={() => show(problem)}>
              {problem.file}:{problem.row}:{problem.column}
            </Button>
          ),
        },
        { key: "path", label: "Field", cell: (problem) => <code>{problem.path}</code> },
        { key: "message", label: "What is wrong", cell: (problem) => problem.message },
        { key: "remedy", label: "What to do", cell: (problem) => problem.remedy },
      ]}
    />
  );
}
