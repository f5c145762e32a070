import { type EvaluateOptions, evaluateValues, type Prepared } from "#server/rego/engine.ts";
import { toJson } from "#server/rego/values/json.ts";
import { RegoObject } from "#server/rego/values/rego-object.ts";
import { RegoSet } from "#server/rego/values/rego-set.ts";
import { displayText } from "#server/rego/values/text.ts";
import { isArray, type Value } from "#server/rego/values/value.ts";

export interface Finding {
  level: "failure" | "warning";
  rule: string;
  message: string;
  /** What an object with `msg` holds besides. */
  details: Record<string, unknown>;
  /** An exception names this rule. */
  excepted: boolean;
}

const levels = { deny: "failure", violation: "failure", warn: "warning" } as const;

/** Runs `deny`, `violation` and `warn` rules (and `deny_x` …) of a package as conftest does. */
export function findings(prepared: Prepared, packageName: string, options: EvaluateOptions = {}): Finding[] {
  const names = new Set<string>();
  for (const module of prepared.compiled.modules) {
    if (module.packagePath.join(".") !== packageName) continue;
    for (const { head } of module.rules) if (head.ref[0]?.type === "var") names.add(head.ref[0].name);
  }
  const excepted = exceptions(prepared, packageName, { names, options });
  return [...names].sort().flatMap((name) => {
    const [, word = "", rest = ""] = /^(deny|violation|warn)(?:_(.+))?$/.exec(name) ?? [];
    const level = levels[word as keyof typeof levels];
    if (level === undefined) return [];
    const isExcepted = excepted.has(rest);
    return members(documentAt(prepared, `data.${packageName}.${name}`, options)).map((member) => ({
      ...describe(member),
      level,
      rule: name,
      excepted: isExcepted,
    }));
  });
}

function documentAt(prepared: Prepared, path: string, options: EvaluateOptions): Value | undefined {
  return evaluateValues(prepared, { path }, options).solutions[0]?.expressions[0];
}

/** A complete rule that is true speaks for itself; sets and arrays list what they found. */
function members(value: Value | undefined): readonly Value[] {
  if (value === undefined || value === false || value === null) return [];
  if (value instanceof RegoSet) return value.sorted();
  return isArray(value) ? value : [value];
}

function describe(member: Value): { message: string; details: Record<string, unknown> } {
  const message = member instanceof RegoObject ? member.get("msg") : undefined;
  if (message === undefined) return { message: displayText(member), details: {} };
  const { msg: _, ...details } = toJson(member) as Record<string, unknown>;
  return { message: displayText(message), details };
}

function exceptions(
  prepared: Prepared,
  packageName: string,
  { names, options }: { names: ReadonlySet<string>; options: EvaluateOptions },
): Set<string> {
  if (!names.has("exception")) return new Set();
  const value = documentAt(prepared, `data.${packageName}.exception`, options);
  return new Set(
    members(value)
      .flatMap((lists) => members(lists))
      .map(displayText),
  );
}
