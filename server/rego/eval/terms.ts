import type { ObjectTerm, Term } from "#server/rego/ast.ts";
import { ObjectBuilder } from "#server/rego/values/rego-object.ts";
import { SetBuilder } from "#server/rego/values/rego-set.ts";
import type { Value } from "#server/rego/values/value.ts";
import { compileCall } from "./calls.ts";
import { compileComprehension } from "./comprehensions.ts";
import { constantOf } from "./constants.ts";
import { evalError, type Get } from "./machine.ts";
import type { Plan } from "./plan.ts";
import { compileRef } from "./refs.ts";
import { compileTemplate } from "./templates.ts";

/** A term whose variables are all bound and which has at most one value. */
export function compileTerm(plan: Plan, term: Term): Get {
  const constant = constantOf(term);
  if (constant !== undefined) return () => constant;
  switch (term.type) {
    case "scalar":
      return () => term.value;
    case "var": {
      const slot = plan.slots.of(term.name);
      return (_, frame) => frame[slot] as Value | undefined;
    }
    case "ref":
      return compileRef(plan, term);
    case "call":
      return compileCall(plan, term);
    case "array":
      return compileArray(term.items.map((item) => compileTerm(plan, item)));
    case "set":
      return compileSet(term.items.map((item) => compileTerm(plan, item)));
    case "object":
      return compileObject(plan, term);
    case "template":
      return compileTemplate(plan, term);
    default:
      return compileComprehension(plan, term);
  }
}

function compileArray(items: Get[]): Get {
  return (machine, frame) => {
    const values: Value[] = [];
    for (const item of items) {
      const value = item(machine, frame);
      if (value === undefined) return undefined;
      values.push(value);
    }
    return values;
  };
}

function compileSet(items: Get[]): Get {
  return (machine, frame) => {
    const builder = new SetBuilder();
    for (const item of items) {
      const value = item(machine, frame);
      if (value === undefined) return undefined;
      builder.add(value);
    }
    return builder.build();
  };
}

function compileObject(plan: Plan, term: ObjectTerm): Get {
  const entries = term.entries.map(([key, value]) => [compileTerm(plan, key), compileTerm(plan, value)] as const);
  return (machine, frame) => {
    const builder = new ObjectBuilder();
    for (const [getKey, getValue] of entries) {
      const key = getKey(machine, frame);
      if (key === undefined) return undefined;
      const value = getValue(machine, frame);
      if (value === undefined) return undefined;
      builder.set(key, value);
    }
    return builder.build();
  };
}

export function conflict(loc: Term["loc"], message: string): Error {
  return evalError("eval_conflict_error", loc, message);
}
