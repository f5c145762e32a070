import type { RefTerm, Term } from "#server/rego/ast.ts";
import { RegoObject } from "#server/rego/values/rego-object.ts";
import type { Value } from "#server/rego/values/value.ts";
import { compileDataRef } from "./data-refs.ts";
import { lookup } from "./lookup.ts";
import type { Get } from "./machine.ts";
import type { Plan } from "./plan.ts";
import { recordedLookups } from "./recorded-refs.ts";
import { compileTerm } from "./terms.ts";

/** A reference whose every part is bound. */
export function compileRef(plan: Plan, ref: RefTerm): Get {
  const [head, ...rest] = ref.parts;
  if (head?.type === "var" && head.name === "data") return compileDataRef(plan, rest);
  const isInput = head?.type === "var" && head.name === "input";
  const start: Get = isInput ? (machine) => machine.input : compileTerm(plan, head as Term);
  if (!plan.program.instrument) return compileLookups(start, plan, rest);
  return recordedLookups(start, plan, isInput ? { rest, path: "input" } : { rest });
}

/** Goes down from where `start` leads. */
export function compileLookups(start: Get, plan: Plan, rest: readonly Term[]): Get {
  if (rest.length === 0) return start;
  const names = rest.map((part) => (part.type === "scalar" && typeof part.value === "string" ? part.value : undefined));
  if (names.every((name) => name !== undefined)) return lookupNames(start, names as string[]);
  const keys = rest.map((part) => compileTerm(plan, part));
  return (machine, frame) => {
    let value = start(machine, frame);
    for (let i = 0; i < keys.length && value !== undefined; i++) {
      const key = (keys[i] as Get)(machine, frame);
      if (key === undefined) return undefined;
      value = lookup(value, key);
    }
    return value;
  };
}

function field(value: Value, name: string): Value | undefined {
  return value instanceof RegoObject ? value.get(name) : lookup(value, name);
}

function lookupNames(start: Get, names: readonly string[]): Get {
  const [first = "", second] = names;
  if (names.length === 1) {
    return (machine, frame) => {
      const value = start(machine, frame);
      return value === undefined ? undefined : field(value, first);
    };
  }
  if (names.length === 2 && second !== undefined) {
    return (machine, frame) => {
      const value = start(machine, frame);
      const below = value === undefined ? undefined : field(value, first);
      return below === undefined ? undefined : field(below, second);
    };
  }
  return (machine, frame) => {
    let value = start(machine, frame);
    for (let i = 0; i < names.length && value !== undefined; i++) value = field(value, names[i] as string);
    return value;
  };
}
