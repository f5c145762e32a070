/** A place in a source; rows and columns count from 1, a tab is one column. */
export interface Location {
  readonly file: string;
  readonly row: number;
  readonly col: number;
}

export type RegoErrorCode =
  | "rego_parse_error"
  | "rego_compile_error"
  | "rego_unsafe_var_error"
  | "rego_recursion_error"
  | "rego_type_error"
  | "eval_conflict_error"
  | "eval_type_error"
  | "eval_builtin_error"
  | "eval_with_merge_error"
  | "eval_cancel_error"
  | "eval_internal_error";

export interface RegoError extends Location {
  readonly code: RegoErrorCode;
  readonly message: string;
}

/** `file:row: code: message`, as OPA writes it. */
export function errorText({ file, row, code, message }: RegoError): string {
  const place = row === 0 ? file : file === "" ? String(row) : `${file}:${row}`;
  return `${place === "" ? "" : `${place}: `}${code}: ${message}`;
}

/** What stops a compilation or an evaluation; the only exception the engine lets out. */
export class RegoErrors extends Error {
  readonly errors: readonly RegoError[];

  constructor(errors: readonly RegoError[]) {
    const texts = errors.map(errorText);
    super(texts.length === 1 ? texts[0] : `${texts.length} errors occurred:\n${texts.join("\n")}`);
    this.name = "RegoErrors";
    this.errors = errors;
  }

  get code(): RegoErrorCode {
    return this.errors[0]?.code ?? "eval_internal_error";
  }
}

export function regoError(code: RegoErrorCode, loc: Location, message: string): RegoError {
  return { code, message, file: loc.file, row: loc.row, col: loc.col };
}

/** For errors of no one place. */
export const nowhere: Location = { file: "", row: 0, col: 0 };
