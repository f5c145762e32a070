import { PlanError, type Position } from "#server/plan/plan-error.ts";
import { ANY } from "#server/plan/value/type.ts";
import { unknown } from "#server/plan/value/value.ts";
import { addressFunctions } from "./addresses.ts";
import { collectionFunctions } from "./collections.ts";
import { combinationFunctions } from "./combinations.ts";
import { conversionFunctions } from "./conversions.ts";
import { dateFunctions } from "./dates.ts";
import { encodingFunctions } from "./encodings.ts";
import { fileFunctions } from "./files.ts";
import { formatFunctions } from "./format.ts";
import type { FunctionSpec } from "./function.ts";
import { hashFunctions } from "./hashes.ts";
import { impureFunctions } from "./impure.ts";
import { lookupFunctions } from "./lookups.ts";
import { numberFunctions } from "./numbers.ts";
import { patternFunctions } from "./patterns.ts";
import { setFunctions } from "./sets.ts";
import { stringFunctions } from "./strings.ts";

const functions: ReadonlyMap<string, FunctionSpec> = new Map(
  Object.entries({
    ...addressFunctions,
    ...collectionFunctions,
    ...combinationFunctions,
    ...conversionFunctions,
    ...dateFunctions,
    ...encodingFunctions,
    ...fileFunctions,
    ...formatFunctions,
    ...hashFunctions,
    ...impureFunctions,
    ...lookupFunctions,
    ...numberFunctions,
    ...patternFunctions,
    ...setFunctions,
    ...stringFunctions,
  }),
);

/** The names that expressions may call, without `try` and `can`, which are part of the evaluator. */
export const functionNames: readonly string[] = [...functions.keys()].sort();

export function findFunction(name: string, at: Position): FunctionSpec {
  const found = functions.get(name);
  if (found) return found;
  if (name.startsWith("provider::"))
    return {
      parameters: [],
      rest: ANY,
      returns: ANY,
      reads: "raw",
      apply: () => unknown(ANY, `${name}() is answered by its provider`),
    };
  throw new PlanError(
    `There is no function "${name}".`,
    at,
    "See Terraform's list of functions; modules cannot define their own.",
  );
}
