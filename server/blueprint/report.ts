import type { BlueprintProblem } from "./blueprint.ts";
import { limits } from "./limits.ts";
import type { Spot } from "./located.ts";

/** Collects what is wrong with one file. */
export type Report = { file: string; problems: BlueprintProblem[] };

export type Finding = { code: string; message: string; remedy: string };

export function addError(report: Report, spot: Spot, finding: Finding): void {
  add(report, spot, { ...finding, severity: "error" });
}

export function addWarning(report: Report, spot: Spot, finding: Finding): void {
  add(report, spot, { ...finding, severity: "warning" });
}

function add(report: Report, spot: Spot, finding: Finding & Pick<BlueprintProblem, "severity">): void {
  if (report.problems.length >= limits.problems) return;
  const { row, column, path } = spot;
  report.problems.push({ ...finding, file: report.file, row, column, path });
}

export function hasErrors(report: Report): boolean {
  return report.problems.some((problem) => problem.severity === "error");
}

/** A list of choices for a message, cut where it grows long. */
export function choices(values: readonly string[], most = 15): string {
  const shown = values.slice(0, most).join(", ");
  return values.length > most ? `${shown}, … (${values.length} in all)` : shown;
}
