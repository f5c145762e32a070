import { compile, type EvaluateOptions, evaluate, type Prepared } from "#server/rego/engine.ts";
import type { PolicyAnswer, PolicyEvaluator, PolicyQuestion } from "./evaluator.ts";
import type { Policy } from "./policy.ts";
import type { Fact } from "./verdict.ts";

/** Raised with each change of the engine that could change an answer; stored with every decision. */
const engine = "gantry-rego/1";

/** Policies prepared so far, by digest: the source never changes under one. */
const prepared = new Map<string, Prepared>();
const mostPrepared = 500;

/** Each policy is compiled alone: policies of one package would otherwise be one, and conflict. */
function prepare(policy: Policy): Prepared {
  const known = prepared.get(policy.digest);
  if (known) return known;
  const compiled = compile([{ file: policy.file, source: policy.source }]);
  if (prepared.size >= mostPrepared) prepared.clear();
  prepared.set(policy.digest, compiled);
  return compiled;
}

const mostFacts = 24;
const longestFact = 400;

/** What the policy read, as far as it is small enough to show: a whole plan is no fact. */
function telling(reads: readonly Fact[]): Fact[] {
  const isTelling = ({ value }: Fact) => (JSON.stringify(value) ?? "").length <= longestFact;
  const known = new Map<string, Fact>();
  for (const fact of reads) if (isTelling(fact) && !known.has(fact.path)) known.set(fact.path, fact);
  return [...known.values()].slice(0, mostFacts);
}

type Found = Pick<PolicyAnswer, "facts" | "rule" | "location"> & { value: unknown };

function ask(question: PolicyQuestion, rule: string, options: EvaluateOptions): Found {
  const { policy, data, input, now } = question;
  const path = `data.${policy.packageName}.${rule}`;
  const { results, explain } = evaluate(
    prepare(policy),
    { path },
    { input, data, now, strictBuiltinErrors: true, explain: true, ...options },
  );
  const held = explain?.rules.filter((item) => item.held && item.rule.endsWith(rule)).at(-1);
  return {
    value: results[0]?.expressions[0],
    facts: telling((explain?.reads ?? []).map(({ path: read, value }) => ({ path: read, value: value ?? null }))),
    ...(held && { rule: `${policy.packageName}.${rule}`, location: { file: held.file, row: held.row } }),
  };
}

function hasRule(policy: Policy, rule: string): boolean {
  return new RegExp(`^\\s*(default\\s+)?${rule}\\b`, "m").test(policy.source);
}

/** Asks the engine in this process: reviewed policies of the release, each within the engine's budget. */
export const embeddedEvaluator: PolicyEvaluator = {
  engine,
  async evaluate(question) {
    if (question.policy.packageName !== "torque.terraform_plan") {
      const { value, ...found } = ask(question, "result", {});
      return { result: value, ...found };
    }
    const { value, ...found } = ask(question, "deny", {});
    const warn = hasRule(question.policy, "warn") ? ask(question, "warn", {}).value : [];
    return { deny: value, warn, ...found };
  },
};
