import { PlanError } from "#server/plan/plan-error.ts";
import { convert } from "#server/plan/value/convert.ts";
import { ANY, BOOL, listOf, mapOf, NUMBER, STRING, setOf, type Type } from "#server/plan/value/type.ts";
import { bool, isNull, nullOf, unknown, type Value } from "#server/plan/value/value.ts";
import type { FunctionSpec, FunctionTable } from "./function.ts";

export const conversionFunctions: FunctionTable = {
  tobool: to(BOOL),
  tonumber: to(NUMBER),
  tostring: to(STRING),
  tolist: to(listOf(ANY)),
  toset: to(setOf(ANY)),
  tomap: to(mapOf(ANY)),
  sensitive: raw((value) => ({ ...value, sensitive: true })),
  nonsensitive: raw((value) => ({ ...value, sensitive: false })),
  issensitive: raw((value) => bool(value.sensitive)),
  ephemeralasnull: raw((value) => value),
  type: raw(() => {
    throw new PlanError("type() works only in the Terraform console.");
  }),
};

function to(type: Type): FunctionSpec {
  const apply = ([value]: readonly Value[]): Value => {
    if (isNull(value!)) return { ...nullOf(type), sensitive: value!.sensitive };
    if (value!.content === undefined)
      return { ...unknown(type, value!.reason ?? "not known before apply"), sensitive: value!.sensitive };
    return convert(value!, type);
  };
  return { parameters: [ANY], returns: type, reads: "raw", allowsNull: true, apply };
}

function raw(change: (value: Value) => Value): FunctionSpec {
  return { parameters: [ANY], returns: ANY, reads: "raw", allowsNull: true, apply: ([value]) => change(value!) };
}
