import type { Solution } from "#server/rego/eval/evaluate.ts";
import { jsonText } from "#server/rego/values/json.ts";
import { parseJson } from "#server/rego/values/parse-json.ts";
import { RegoObject } from "#server/rego/values/rego-object.ts";
import { RegoSet } from "#server/rego/values/rego-set.ts";
import { regoText } from "#server/rego/values/text.ts";
import { compare, equal, isArray, type Value } from "#server/rego/values/value.ts";
import type { Case } from "./case.ts";

/** A result as JSON holds it: sets as sorted arrays, keys as texts. */
function jsonValue(value: Value): Value {
  return parseJson(jsonText(value));
}

function sorted(value: Value): Value {
  return isArray(value) ? [...value].sort(compare) : value;
}

/** The bindings of all solutions against OPA's, as a set; a text that says what is wrong, or nothing. */
export function judgeBindings(test: Case, solutions: readonly Solution[], wanted: Value): string | undefined {
  const sort = test.flag("sort_bindings") ? sorted : (value: Value) => value;
  const got = RegoSet.of(
    solutions.map(({ bindings }) =>
      RegoObject.of([...bindings].map(([name, value]) => [name, sort(jsonValue(value))] as const)),
    ),
  );
  const want = RegoSet.of(
    (isArray(wanted) ? wanted : []).map((binding) =>
      binding instanceof RegoObject
        ? RegoObject.of(binding.entries().map(([name, value]) => [name, sort(value)]))
        : binding,
    ),
  );
  return equal(got, want) ? undefined : `got ${regoText(got)}, want ${regoText(want)}`;
}

/** regorus writes `{"set!": […]}` and `{"object!": [{key, value}]}`. */
function marked(value: Value): Value {
  if (isArray(value)) return value.map(marked);
  if (!(value instanceof RegoObject)) return value;
  const set = value.get("set!");
  if (set !== undefined && isArray(set)) return RegoSet.of(set.map(marked));
  const object = value.get("object!");
  if (object !== undefined && isArray(object)) {
    return RegoObject.of(
      object.map((entry) => {
        const { key, value: content } = entryOf(entry);
        return [marked(key), marked(content)] as const;
      }),
    );
  }
  return RegoObject.of(value.entries().map(([key, content]) => [key, marked(content)]));
}

function entryOf(entry: Value): { key: Value; value: Value } {
  const fields = entry instanceof RegoObject ? entry : RegoObject.empty;
  return { key: fields.get("key") ?? null, value: fields.get("value") ?? null };
}

export function judgeValues(solutions: readonly Solution[], wanted: Value): string | undefined {
  const got: Value[] = solutions.flatMap(({ bindings, expressions }) =>
    bindings.size > 0 ? [RegoObject.of([...bindings])] : expressions.length > 1 ? [expressions] : expressions,
  );
  const values = (isArray(wanted) ? wanted : [wanted]).map(marked);
  const want = values.filter((value) => value !== "#undefined");
  return equal(got, want) ? undefined : `got ${regoText(got)}, want ${regoText(want)}`;
}
