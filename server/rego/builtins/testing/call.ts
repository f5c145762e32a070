import type { BuiltinContext } from "#server/rego/builtins/builtin.ts";
import { BuiltinError } from "#server/rego/builtins/builtin-error.ts";
import { builtins } from "#server/rego/builtins/registry.ts";
import { jsonText } from "#server/rego/values/json.ts";
import { parseJson } from "#server/rego/values/parse-json.ts";
import { RegoObject } from "#server/rego/values/rego-object.ts";
import { RegoSet } from "#server/rego/values/rego-set.ts";
import { isArray, type Value } from "#server/rego/values/value.ts";

/** A fixed clock and dice; `spent` adds up what the calls charged. */
export function testContext(nowNs = 1_700_000_000_000_000_000n): BuiltinContext & { spent: number } {
  return {
    nowNs,
    random: () => 0.5,
    timeZone: "UTC",
    cache: new Map(),
    spent: 0,
    charge(amount) {
      this.spent += amount;
    },
  };
}

/** JSON in which `{"set!": [...]}` stands for a set. */
export function fromText(json: string): Value {
  return withSets(parseJson(json));
}

function withSets(value: Value): Value {
  if (isArray(value)) return value.map(withSets);
  if (!(value instanceof RegoObject)) return value;
  const members = value.get("set!");
  if (members !== undefined && isArray(members)) return RegoSet.of(members.map(withSets));
  return RegoObject.of(value.entries().map(([key, item]) => [key, withSets(item)]));
}

/** Calls a built-in with operands as a JSON array; gives JSON, `undefined`, or the text of the failure. */
export function call(name: string, operands: string, ctx = testContext()): string {
  const builtin = builtins.get(name);
  if (!builtin) throw new Error(`no built-in ${name}`);
  try {
    const args = fromText(operands) as readonly Value[];
    const answer = builtin.relation ? [...builtin.call(args, ctx)] : builtin.call(args, ctx);
    return answer === undefined ? "undefined" : jsonText(answer);
  } catch (error) {
    if (error instanceof BuiltinError) return `${error.code}: ${error.message}`;
    throw error;
  }
}
