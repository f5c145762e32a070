import type { Outputs } from "#app/_trpc/outputs.ts";

export type ApprovalView = Outputs["approval"]["find"];
