import type { Module, Rule, Term } from "./ast.ts";
import { constantPath } from "./compile/rule-tree.ts";
import type { Prepared } from "./engine.ts";
import { type ClauseReads, Reach } from "./reach.ts";
import { refText } from "./text-of.ts";
import { toJson } from "./values/json.ts";

export interface Outline {
  rules: OutlinedRule[];
  /** Paths of base data the rules read: what an evaluation must be given as `data`. */
  data: string[];
  /** Paths of `input` the rules read, as far as they are constant. */
  input: string[];
}

/** One rule, or one branch of its `else`. */
export interface OutlinedRule {
  package: string;
  /** The name in the package, as far as it is constant. */
  name: string;
  kind: "value" | "set" | "object" | "function";
  isDefault: boolean;
  file: string;
  row: number;
  /** The constant fields of the object it is, where it is one. */
  fields: Record<string, unknown>;
  /** Paths of base data it reads, itself or through other rules, and which are not there. */
  absent: string[];
  /** False where it needs one of them: it is undefined as the data stands. */
  canHold: boolean;
}

/** What a policy defines and what it reads, without running it; `given` is the base data it would get. */
export function outline(prepared: Prepared, given: Record<string, unknown> = {}): Outline {
  const reach = new Reach(prepared.compiled.root, given);
  const clauses = prepared.compiled.modules.flatMap(clausesOf);
  const reads = clauses.map((clause) => reach.readsOf(clause));
  const all = (select: (read: ClauseReads) => Iterable<string>) => [...new Set(reads.flatMap((r) => [...select(r)]))];
  return {
    rules: clauses.map((clause) => outlined(clause, reach)),
    data: all(({ data }) => data).sort(),
    input: all(({ input }) => input).sort(),
  };
}

function clausesOf({ rules }: Module): Rule[] {
  return rules.flatMap((rule) => {
    const branches: Rule[] = [];
    for (let next: Rule | undefined = rule; next !== undefined; next = next.otherwise) branches.push(next);
    return branches;
  });
}

function outlined(rule: Rule, reach: Reach): OutlinedRule {
  const { head, module, isDefault, loc } = rule;
  const path = constantPath(rule).slice(module.packagePath.length);
  const name = refText([head.ref[0] as Term, ...head.ref.slice(1, path.length)]);
  const isObject = head.ref.length > path.length;
  const kind = head.args !== undefined ? "function" : isObject ? "object" : head.key !== undefined ? "set" : "value";
  const absent = [...reach.absentFor(rule)].sort();
  const place = { package: module.packagePath.join("."), file: loc.file, row: loc.row };
  return { ...place, name, kind, isDefault, fields: constantFields(head.value), absent, canHold: reach.canHold(rule) };
}

function constantFields(value: Term | undefined): Record<string, unknown> {
  if (value?.type !== "object") return {};
  return Object.fromEntries(
    value.entries.flatMap(([key, field]) =>
      key.type === "scalar" && field.type === "scalar" ? [[String(key.value), toJson(field.value)]] : [],
    ),
  );
}
