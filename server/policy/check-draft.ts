import { Problem } from "#server/errors.ts";
import { type RegoErrorCode, RegoErrors } from "#server/rego/errors.ts";
import type { Outline, OutlinedRule } from "#server/rego/outline.ts";
import { policyIsolation } from "./isolation.ts";
import { defaultData, readUnfinishedPolicy } from "./load-policies.ts";
import { type Policy, type PolicyPackage, policyPackages } from "./policy.ts";

const file = "draft.rego";
const mostBytes = 256 * 1024;

/** The rule each kind of policy is asked for. */
const askedRule = {
  "torque.consumption": "result",
  "torque.environment": "result",
  "torque.terraform_plan": "deny",
} as const satisfies Record<PolicyPackage, string>;

export type CheckedDraft = {
  policy: Policy;
  version: "v0" | "v1";
  rules: Pick<OutlinedRule, "name" | "kind" | "row" | "isDefault">[];
  /** What it reads of the request, and of its limits. */
  reads: { input: string[]; data: string[] };
  warnings: string[];
  data: Record<string, unknown>;
};

const remedies: Partial<Record<RegoErrorCode, string>> = {
  rego_parse_error: "Correct the syntax at this row.",
  rego_unsafe_var_error:
    "Give the variable a value in the same body, outside of `not`: for instance `some x in input.list`.",
  rego_recursion_error: "Break the circle: no rule or function may lead back to itself.",
  rego_type_error: "Correct the call, the name or the types at this row.",
  rego_compile_error: "Rename or declare what the message names.",
  eval_cancel_error: "Make the policy smaller: compiling it takes more than it may have.",
};
const forbidden =
  "Take what it needs from `input`: the clock is in `input.gantry.time`, and nothing reaches out of a policy.";

/** The first error as a Problem at its place; all of them among the details. */
export function draftProblem(error: RegoErrors, sourceFile: string = file): Problem {
  const [first] = error.errors;
  const code = first?.code ?? "eval_internal_error";
  const isForbidden = /^unsafe built-in/.test(first?.message ?? "");
  const place = {
    file: first?.file || sourceFile,
    ...(first && first.row > 0 && { row: first.row, column: first.col }),
  };
  const at = place.row === undefined ? place.file : `${place.file}:${place.row}`;
  const others = error.errors.length - 1;
  const more = others > 0 ? ` (and ${others} more ${others === 1 ? "error" : "errors"})` : "";
  return new Problem("bad_input", `${at}: ${code}: ${first?.message ?? error.message}${more}.`, {
    place,
    remedy: isForbidden ? forbidden : (remedies[code] ?? "Correct the policy and try again."),
    details: {
      rule: code,
      errors: error.errors
        .slice(0, 10)
        .map(({ row, col, code: kind, message }) => ({ row, column: col, code: kind, message })),
    },
  });
}

function refusal(rule: string, message: string, more: { row?: number | undefined; remedy: string }): Problem {
  const place = { file, ...(more.row && { row: more.row }) };
  return new Problem("bad_input", `${more.row ? `${file}:${more.row}` : file}: ${message}`, {
    place,
    remedy: more.remedy,
    details: { rule },
  });
}

async function compiled(source: string, data: Record<string, unknown>) {
  const answer = await policyIsolation()
    .run({ sources: [{ file, source }], outline: { data } })
    .catch((error: unknown) => {
      throw error instanceof RegoErrors ? draftProblem(error) : error;
    });
  const [module] = answer.modules;
  if (!module || !answer.outline) throw new Error("The engine gave no outline.");
  return { module, outline: answer.outline };
}

function checkPackage(name: string): asserts name is PolicyPackage {
  if (policyPackages.some((known) => known === name)) return;
  const remedy = `Use one of ${policyPackages.join(", ")}: no other package is asked.`;
  throw refusal("package", `package ${name} is not asked by the gate, so the policy would never judge.`, {
    row: 1,
    remedy,
  });
}

function checkAskedRule(packageName: PolicyPackage, { rules }: Outline): void {
  const asked = askedRule[packageName];
  if (rules.some(({ name }) => name === asked)) return;
  const remedy =
    asked === "deny"
      ? 'Define at least one rule `deny contains "…" if { … }`; `allow` is never read.'
      : 'Define `result := {"decision": "Approved" | "Manual" | "Denied", "reason": "…"} if { … }`.';
  throw refusal("no_result", `the policy has no rule ${asked}, which is the one that is asked.`, { row: 1, remedy });
}

/** A guard on data that is not there never holds: what approves beside it would approve everything. */
function checkFailOpen(packageName: PolicyPackage, { rules }: Outline): void {
  const asked = rules.filter(({ name }) => name === askedRule[packageName]);
  const guard = asked.find(({ absent }) => absent.length > 0);
  if (!guard) return;
  const isPlan = packageName === "torque.terraform_plan";
  const approving = asked.find(
    ({ fields, canHold }) => canHold && !["Denied", "Manual"].includes(String(fields.decision)),
  );
  if (!isPlan && !approving) return;
  const what = isPlan ? "its denial can never hold" : `row ${approving?.row} approves what it should have judged`;
  throw refusal(
    "fail_open",
    `${guard.absent.join(", ")} is not given, so the rule at row ${guard.row} can never hold and ${what}.`,
    {
      row: guard.row,
      remedy: "Declare the limit under custom.data of the METADATA comment with a default, or give it under Limits.",
    },
  );
}

/**
 * Checks a policy somebody is writing as a release would: size, package, syntax, names and types, the rule that is asked,
 * and that no guard rests on data that is not there. Compiled in a thread of its own; throws a Problem at its place.
 */
export async function checkDraft(source: string, given: Record<string, unknown> = {}): Promise<CheckedDraft> {
  const bytes = Buffer.byteLength(source);
  if (bytes > mostBytes)
    throw new Problem(
      "too_large",
      `${file}: the policy has ${Math.ceil(bytes / 1024)} KB, the most is ${mostBytes / 1024} KB.`,
      {
        place: { file },
        remedy: "Keep lists and tables in the policy's data.",
        details: { rule: "too_large" },
      },
    );
  const { module } = await compiled(source, given);
  checkPackage(module.package);
  const policy = readUnfinishedPolicy(file, source);
  const data = { ...defaultData(policy), ...given };
  const { outline } = await compiled(source, data);
  checkAskedRule(module.package, outline);
  checkFailOpen(module.package, outline);
  const { version } = module;
  const reads = { input: outline.input, data: outline.data };
  const rules = outline.rules.map(({ name, kind, row, isDefault }) => ({ name, kind, row, isDefault }));
  return {
    policy: { ...policy, packageName: module.package },
    version,
    rules,
    reads,
    warnings: warningsOf(policy, outline),
    data,
  };
}

function warningsOf(policy: Policy, { rules }: Outline): string[] {
  const absent = [...new Set(rules.flatMap((rule) => rule.absent))];
  const warnings = absent.map((path) => `${path} is not given: a policy reads its own limits and no other data.`);
  if (policy.title === "The draft") warnings.push("It has no METADATA comment with a title yet; a release needs one.");
  if (/^#\s*schemas:/m.test(policy.source)) warnings.push("Schemas in annotations are not read.");
  return warnings;
}
