import type { Term } from "#server/rego/ast.ts";
import { RegoObject } from "#server/rego/values/rego-object.ts";
import { RegoSet } from "#server/rego/values/rego-set.ts";
import type { Value } from "#server/rego/values/value.ts";

/** The value of a term that is written out in full; made once, shared by every evaluation. */
export function constantOf(term: Term): Value | undefined {
  switch (term.type) {
    case "scalar":
      return term.value;
    case "array":
      return allConstant(term.items);
    case "set": {
      const items = allConstant(term.items);
      return items === undefined ? undefined : RegoSet.of(items);
    }
    case "object": {
      const keys = allConstant(term.entries.map(([key]) => key));
      const values = keys && allConstant(term.entries.map(([, value]) => value));
      return values && RegoObject.of((keys ?? []).map((key, i) => [key, values[i] as Value]));
    }
    default:
      return undefined;
  }
}

function allConstant(terms: readonly Term[]): Value[] | undefined {
  const values: Value[] = [];
  for (const term of terms) {
    const value = constantOf(term);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}
