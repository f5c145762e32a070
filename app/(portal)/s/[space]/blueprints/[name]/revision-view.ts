import type { Outputs } from "#app/_trpc/outputs.ts";

export type RevisionView = Outputs["blueprint"]["revision"];
export type RevisionRow = Outputs["blueprint"]["revisions"][number];
