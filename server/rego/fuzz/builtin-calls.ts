import type { BuiltinContext, FunctionBuiltin } from "#server/rego/builtins/builtin.ts";
import { BuiltinError } from "#server/rego/builtins/builtin-error.ts";
import type { TypeSpec } from "#server/rego/builtins/type-spec.ts";
import { parseJson } from "#server/rego/values/parse-json.ts";
import { RegoNumber } from "#server/rego/values/rego-number.ts";
import { RegoObject } from "#server/rego/values/rego-object.ts";
import { RegoSet } from "#server/rego/values/rego-set.ts";
import { isArray, type Value } from "#server/rego/values/value.ts";
import type { Random } from "./random.ts";
import { randomJson, randomNumber, randomString } from "./samples.ts";

class Spent extends Error {}

function contextOf(random: Random): BuiltinContext {
  let left = 100_000;
  return {
    nowNs: 1_700_000_000_000_000_000n,
    random: () => random.next(),
    timeZone: "Europe/Berlin",
    cache: new Map(),
    charge(amount) {
      left -= amount;
      if (!(left >= 0)) throw new Spent();
    },
  };
}

/** A value of a type, or now and then of any other. */
export function randomValue(random: Random, type: TypeSpec): Value {
  if (random.chance(0.1)) return parseJson(randomJson(random));
  const several = (of: TypeSpec) => random.several(0, 3, () => randomValue(random, of));
  switch (type.kind) {
    case "string":
      return random.chance(0.1) ? randomString(random) + randomString(random) : randomString(random);
    case "number":
      return parseJson(randomNumber(random));
    case "boolean":
      return random.chance(0.5);
    case "null":
      return null;
    case "array":
      return several(type.of);
    case "tuple":
      return type.items.map((item) => randomValue(random, item));
    case "set":
      return RegoSet.of(several(type.of));
    case "object":
      return RegoObject.of(
        random.several(0, 3, () => [randomValue(random, type.key), randomValue(random, type.value)] as const),
      );
    case "union":
      return randomValue(random, random.pick(type.of));
    default:
      return random.chance(0.3) ? RegoSet.of([parseJson(randomJson(random))]) : parseJson(randomJson(random));
  }
}

/** What a value breaks of the promises values make: safe integers, texts of numbers, nothing undefined. */
export function brokenPromise(value: unknown): string | undefined {
  if (value === null || typeof value === "string" || typeof value === "boolean") return undefined;
  if (typeof value === "number") {
    return Number.isSafeInteger(value) && !Object.is(value, -0) ? undefined : `the number ${value}`;
  }
  if (value instanceof RegoNumber) {
    const isJson = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(value.text);
    const isPlain = /^-?\d+$/.test(value.text) && Number.isSafeInteger(value.approximate);
    return isJson && !isPlain ? undefined : `the number text ${value.text}`;
  }
  if (isArray(value as Value)) return firstBroken(value as readonly Value[]);
  if (value instanceof RegoSet) return firstBroken([...value.sorted()]);
  if (value instanceof RegoObject) return firstBroken(value.entries().flat());
  return `a ${typeof value}`;
}

function firstBroken(values: readonly Value[]): string | undefined {
  for (const value of values) {
    const broken = brokenPromise(value);
    if (broken !== undefined) return broken;
  }
  return undefined;
}

/** Calls a built-in with operands made up for it; says what is wrong with how it went. */
export function callFault(builtin: FunctionBuiltin, random: Random): { fault: string; operands: Value[] } | undefined {
  const operands = builtin.params.map((type) => randomValue(random, type));
  const started = performance.now();
  try {
    const answer = builtin.call(operands, contextOf(random));
    const broken = answer === undefined ? undefined : brokenPromise(answer);
    if (broken !== undefined) return { fault: `answered ${broken}`, operands };
  } catch (error) {
    const isExpected = error instanceof BuiltinError || error instanceof Spent;
    if (!isExpected)
      return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error), operands };
  }
  const ms = performance.now() - started;
  return ms > 2_000 ? { fault: `took ${ms.toFixed(0)} ms`, operands } : undefined;
}
