import { nowhere, RegoErrors, regoError } from "./errors.ts";
import { BudgetExceeded } from "./eval/budget.ts";

/** Runs a part of an evaluation; lets nothing out but `RegoErrors`. */
export function guardEvaluation<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RegoErrors) throw error;
    if (error instanceof BudgetExceeded) throw new RegoErrors([regoError("eval_cancel_error", nowhere, error.message)]);
    if (error instanceof RangeError) {
      const message = `evaluation is nested too deeply or a value is too large (${error.message})`;
      throw new RegoErrors([regoError("eval_cancel_error", nowhere, message)]);
    }
    throw new RegoErrors([regoError("eval_internal_error", nowhere, messageOf(error))]);
  }
}

export function guardCompilation<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RegoErrors) throw error;
    const message = error instanceof RangeError ? "rules or terms are nested too deeply" : messageOf(error);
    throw new RegoErrors([regoError("rego_compile_error", nowhere, message)]);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
