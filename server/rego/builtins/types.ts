import { type TypeName, typeName } from "#server/rego/values/value.ts";
import type { Builtin, FunctionBuiltin } from "./builtin.ts";
import { operand } from "./operands.ts";
import { any, boolean, string } from "./type-spec.ts";

/** True or, as OPA before 1.0 and after, false: never undefined. */
function is(type: TypeName): FunctionBuiltin {
  return {
    name: `is_${type}`,
    params: [any],
    result: boolean,
    call: (args) => typeName(operand(args, 0)) === type,
  };
}

export const types: readonly Builtin[] = [
  is("array"),
  is("boolean"),
  is("null"),
  is("number"),
  is("object"),
  is("set"),
  is("string"),
  { name: "type_name", params: [any], result: string, call: (args) => typeName(operand(args, 0)) },
];
