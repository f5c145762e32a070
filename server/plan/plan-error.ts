import { Problem } from "#server/errors.ts";

/** Where something was written. Lines and columns count from 1. */
export type Position = { file: string; line: number; column: number };

/** What the author of the HCL, or the person filling in the inputs, can put right. Anything else thrown here is a bug. */
export class PlanError extends Problem {
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;

  constructor(message: string, at?: Position, remedy?: string) {
    super("bad_input", message, { remedy, place: at && { file: at.file, row: at.line, column: at.column } });
    this.name = "PlanError";
    this.file = at?.file;
    this.line = at?.line;
    this.column = at?.column;
  }

  /** `main.tf:3:7: message. remedy`, the form that logs and command lines print. */
  get located(): string {
    const where = this.file === undefined ? "" : `${this.file}:${this.line}:${this.column}: `;
    return `${where}${this.message}${this.remedy === undefined ? "" : ` ${this.remedy}`}`;
  }
}

/** A limit of the planner was reached: `try` and `can` never swallow it. */
export class LimitError extends PlanError {}

/** Gives an error without a place the place where it happened. */
export function locate(error: unknown, at: Position, context = ""): unknown {
  if (!(error instanceof PlanError) || error.file !== undefined) return error;
  const message = context === "" ? error.message : `${context}: ${error.message}`;
  return error instanceof LimitError
    ? new LimitError(message, at, error.remedy)
    : new PlanError(message, at, error.remedy);
}

/** Runs work on secret values: what goes wrong is told without them. */
export function withoutValues<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof PlanError) || error instanceof LimitError) throw error;
    throw new PlanError(
      "a sensitive value does not fit here.",
      undefined,
      "The message is left out, as it could show the value.",
    );
  }
}
