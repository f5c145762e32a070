export type BuiltinErrorCode = "eval_type_error" | "eval_builtin_error";

/** A built-in that could not answer. Without strict errors the evaluator treats it as undefined. */
export class BuiltinError extends Error {
  readonly code: BuiltinErrorCode;

  constructor(code: BuiltinErrorCode, message: string) {
    super(message);
    this.code = code;
    this.name = "BuiltinError";
  }
}

/** The call was well typed but has no answer: `divide by zero`, `invalid semver`. */
export function failed(message: string): BuiltinError {
  return new BuiltinError("eval_builtin_error", message);
}
