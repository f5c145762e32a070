import type { EnvironmentView } from "./step-view.ts";

/** Whether one of its inputs says production: losing it is worth typing its name. */
export function isProduction(environment: Pick<EnvironmentView, "blueprint" | "inputs">): boolean {
  const classes = (environment.blueprint?.inputs ?? []).filter((input) => input.kind === "environment_class");
  return classes.some((input) => /^prod/i.test(environment.inputs[input.name] ?? ""));
}
