import type { Outputs } from "#app/_trpc/outputs.ts";

export type PolicyView = Outputs["policy"]["find"];
