import type { Comprehension } from "#server/rego/ast.ts";
import { ObjectBuilder } from "#server/rego/values/rego-object.ts";
import { SetBuilder } from "#server/rego/values/rego-set.ts";
import { equal, type Value } from "#server/rego/values/value.ts";
import { addBody } from "./bodies.ts";
import { hoist } from "./hoist.ts";
import type { Get } from "./machine.ts";
import type { Plan } from "./plan.ts";
import { compileTerm, conflict } from "./terms.ts";

/** Collects the head's value for every solution of the body; never undefined. */
export function compileComprehension(plan: Plan, term: Comprehension): Get {
  const inner = plan.inner();
  addBody(inner, term.body);
  const into = plan.slots.of(`%c${plan.slots.size}`);
  if (term.type === "objectComprehension") return compileObjectComprehension(inner, term, into);
  const get = compileTerm(inner, hoist(inner, term.head));
  if (term.type === "arrayComprehension") {
    const run = inner.finish((machine, frame) => {
      const value = get(machine, frame);
      if (value === undefined) return false;
      machine.recorder?.keep();
      const values = frame[into] as Value[];
      machine.fuel.grow(values.push(value));
      return false;
    });
    return (machine, frame) => {
      const values: Value[] = [];
      frame[into] = values;
      run(machine, frame);
      return values;
    };
  }
  const run = inner.finish((machine, frame) => {
    const value = get(machine, frame);
    if (value === undefined) return false;
    machine.recorder?.keep();
    machine.fuel.grow((frame[into] as SetBuilder).add(value).size);
    return false;
  });
  return (machine, frame) => {
    const builder = new SetBuilder();
    frame[into] = builder;
    run(machine, frame);
    return builder.build();
  };
}

function compileObjectComprehension(
  inner: Plan,
  term: Extract<Comprehension, { type: "objectComprehension" }>,
  into: number,
): Get {
  const getKey = compileTerm(inner, hoist(inner, term.key));
  const getValue = compileTerm(inner, hoist(inner, term.value));
  const run = inner.finish((machine, frame) => {
    const key = getKey(machine, frame);
    const value = key === undefined ? undefined : getValue(machine, frame);
    if (key === undefined || value === undefined) return false;
    machine.recorder?.keep();
    const builder = frame[into] as ObjectBuilder;
    const before = builder.get(key);
    if (before !== undefined && !equal(before, value)) throw conflict(term.loc, "object keys must be unique");
    machine.fuel.grow(builder.set(key, value).size);
    return false;
  });
  return (machine, frame) => {
    const builder = new ObjectBuilder();
    frame[into] = builder;
    run(machine, frame);
    return builder.build();
  };
}
