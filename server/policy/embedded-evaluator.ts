import { compile, evaluate, type Prepared } from "#server/rego/engine.ts";
import { fromJson } from "#server/rego/values/from-json.ts";
import type { Value } from "#server/rego/values/value.ts";
import type { PolicyAnswer, PolicyEvaluator, PolicyQuestion } from "./evaluator.ts";
import { definesRule, type Policy } from "./policy.ts";
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

/** Documents as the engine's values: all policies asked about one document share it. */
const values = new WeakMap<object, Value>();

function documentValue(input: unknown): Value {
  if (typeof input !== "object" || input === null) return fromJson(input ?? null);
  const known = values.get(input) ?? fromJson(input);
  values.set(input, known);
  return known;
}

type Found = Pick<PolicyAnswer, "facts" | "rule" | "location"> & { value: unknown };

function run({ policy, data, input, now }: PolicyQuestion, rule: string, explain: boolean) {
  const options = { inputValue: documentValue(input), data, now, strictBuiltinErrors: true, explain };
  return evaluate(prepare(policy), { path: `data.${policy.packageName}.${rule}` }, options);
}

/** The rule's value with what was read for it and where it was made. */
function explained(question: PolicyQuestion, rule: string): Found {
  const { policy } = question;
  const { results, explain } = run(question, rule, true);
  const reads = (explain?.reads ?? []).filter(({ tooLarge }) => !tooLarge);
  const held = explain?.rules.filter((item) => item.held && item.rule.endsWith(rule)).at(-1);
  return {
    value: results[0]?.expressions[0],
    facts: telling(reads.map(({ path: read, value }) => ({ path: read, value: value ?? null }))),
    ...(held && { rule: `${policy.packageName}.${rule}`, location: { file: held.file, row: held.row } }),
  };
}

/** Explaining takes twice the time: over a large plan it is done for denials only. */
const cheapSteps = 20_000;

function askPlan(question: PolicyQuestion): PolicyAnswer {
  const { results, steps } = run(question, "deny", false);
  const deny = results[0]?.expressions[0];
  const isWorthIt = steps <= cheapSteps || !Array.isArray(deny) || deny.length > 0;
  const { value: _same, ...found }: Found = isWorthIt ? explained(question, "deny") : { value: deny, facts: [] };
  const warn = definesRule(question.policy, "warn") ? run(question, "warn", false).results[0]?.expressions[0] : [];
  return { deny, warn, ...found };
}

/** Asks the engine in this process: reviewed policies of the release, each within the engine's budget. */
export const embeddedEvaluator: PolicyEvaluator = {
  engine,
  async evaluate(question) {
    if (question.policy.packageName === "torque.terraform_plan") return askPlan(question);
    const { value, ...found } = explained(question, "result");
    return { result: value, ...found };
  },
};
