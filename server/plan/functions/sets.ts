import { PlanError } from "#server/plan/plan-error.ts";
import { convert } from "#server/plan/value/convert.ts";
import { ANY, setOf, type Type } from "#server/plan/value/type.ts";
import { unifyTypes } from "#server/plan/value/unify.ts";
import { hashText, itemsOf, set, type Value } from "#server/plan/value/value.ts";
import type { FunctionSpec, FunctionTable } from "./function.ts";

export const setFunctions: FunctionTable = {
  setunion: operation((left, right) => [...left, ...right]),
  setintersection: operation((left, right) => left.filter((item) => has(right, item))),
  setsubtract: { ...operation((left, right) => left.filter((item) => !has(right, item))), maxRest: 1 },
};

const has = (items: readonly Value[], item: Value): boolean =>
  items.some((other) => hashText(other) === hashText(item));

type Combine = (left: readonly Value[], right: readonly Value[]) => readonly Value[];

function operation(combine: Combine): FunctionSpec {
  return {
    parameters: [setOf(ANY)],
    rest: setOf(ANY),
    returns: setOf(ANY),
    reads: "whole",
    apply: (values, call) => {
      const element = commonElement(values);
      const sets = values.map((value) => itemsOf(convert(value, setOf(element))));
      for (const items of sets) call.context.budget.collection(items.length * sets.length, call.at);
      return set(element, sets.reduce(combine));
    },
  };
}

/** Empty sets of no particular type do not take part in choosing the element type. */
function commonElement(values: readonly Value[]): Type {
  const types = values.flatMap((value) =>
    "element" in value.type && value.type.element.kind !== "any" ? [value.type.element] : [],
  );
  if (types.length === 0) return ANY;
  const unified = unifyTypes(types);
  if (!unified) throw new PlanError("the sets must have elements of one type.");
  return unified;
}
