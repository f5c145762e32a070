import type { Builtin } from "./builtin.ts";
import { BuiltinError } from "./builtin-error.ts";

const families: readonly (readonly Builtin[])[] = [];

/** Errors carry the built-in's name, as OPA writes them: `div: divide by zero`. */
function withNamedErrors(builtin: Builtin): Builtin {
  const named = (error: unknown) =>
    error instanceof BuiltinError ? new BuiltinError(error.code, `${builtin.name}: ${error.message}`) : error;
  if (builtin.relation) {
    return {
      ...builtin,
      *call(args, ctx) {
        try {
          yield* builtin.call(args, ctx);
        } catch (error) {
          throw named(error);
        }
      },
    };
  }
  return {
    ...builtin,
    call(args, ctx) {
      try {
        return builtin.call(args, ctx);
      } catch (error) {
        throw named(error);
      }
    },
  };
}

function join(): Map<string, Builtin> {
  const joined = new Map<string, Builtin>();
  for (const builtin of families.flat()) {
    if (joined.has(builtin.name)) throw new Error(`two built-ins are named ${builtin.name}`);
    joined.set(builtin.name, withNamedErrors(builtin));
  }
  return joined;
}

/** Every built-in that runs here, by OPA's name. */
export const builtins: ReadonlyMap<string, Builtin> = join();
