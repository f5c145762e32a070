import type { Term } from "#server/rego/ast.ts";
import { RegoObject } from "#server/rego/values/rego-object.ts";
import { equal, isArray, type Value } from "#server/rego/values/value.ts";
import type { Frame, Machine } from "./machine.ts";
import type { Plan } from "./plan.ts";
import { compileTerm } from "./terms.ts";

/** Holds if the value fits the pattern; binds the pattern's unbound variables on the way. */
export type Match = (machine: Machine, frame: Frame, value: Value) => boolean;

export function compileMatch(plan: Plan, pattern: Term): Match {
  if (pattern.type === "var" && !plan.bound.has(pattern.name)) {
    const slot = plan.bind(pattern.name);
    return (_, frame, value) => {
      frame[slot] = value;
      return true;
    };
  }
  if (!plan.hasUnbound(pattern)) return matchEqual(plan, pattern);
  if (pattern.type === "array") return matchArray(pattern.items.map((item) => compileMatch(plan, item)));
  if (pattern.type === "object") return matchObject(plan, pattern.entries);
  throw new Error(`a ${pattern.type} with unbound variables cannot be matched`);
}

function matchEqual(plan: Plan, pattern: Term): Match {
  const get = compileTerm(plan, pattern);
  return (machine, frame, value) => {
    const wanted = get(machine, frame);
    return wanted !== undefined && equal(wanted, value);
  };
}

function matchArray(items: Match[]): Match {
  return (machine, frame, value) => {
    if (!isArray(value) || value.length !== items.length) return false;
    for (let i = 0; i < items.length; i++) {
      if (!(items[i] as Match)(machine, frame, value[i] as Value)) return false;
    }
    return true;
  };
}

function matchObject(plan: Plan, entries: [Term, Term][]): Match {
  const fields = entries.map(([key, value]) => [compileTerm(plan, key), compileMatch(plan, value)] as const);
  return (machine, frame, value) => {
    if (!(value instanceof RegoObject) || value.size !== fields.length) return false;
    for (const [getKey, match] of fields) {
      const key = getKey(machine, frame);
      const field = key === undefined ? undefined : value.get(key);
      if (field === undefined || !match(machine, frame, field)) return false;
    }
    return true;
  };
}
