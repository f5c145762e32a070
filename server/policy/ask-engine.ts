import type { EvaluateOptions, Evaluation } from "#server/rego/engine.ts";
import type { PolicyAnswer, PolicyQuestion } from "./evaluator.ts";
import { definesRule } from "./policy.ts";
import type { Fact } from "./verdict.ts";

/** Raised with each change of the engine that could change an answer; stored with every decision. */
export const engineName = "gantry-rego/1";

/** One evaluation of a path, here or in a thread of its own. */
export type Ask = (path: string, explain: boolean) => Evaluation | Promise<Evaluation>;

/** What every evaluation of a policy by our engine is told. */
export function evaluationOptions({ data, now }: PolicyQuestion): EvaluateOptions {
  return { data, now, strictBuiltinErrors: true };
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

/** The rule's value with what was read for it and where it was made. */
async function explained(packageName: string, rule: string, ask: Ask): Promise<Found> {
  const { results, explain } = await ask(`data.${packageName}.${rule}`, true);
  const reads = (explain?.reads ?? []).filter(({ tooLarge }) => !tooLarge);
  const held = explain?.rules.filter((item) => item.held && item.rule.endsWith(rule)).at(-1);
  return {
    value: results[0]?.expressions[0],
    facts: telling(reads.map(({ path: read, value }) => ({ path: read, value: value ?? null }))),
    ...(held && { rule: `${packageName}.${rule}`, location: { file: held.file, row: held.row } }),
  };
}

/** Explaining takes twice the time: over a large plan it is done for denials only. */
const cheapSteps = 20_000;

async function askPlan({ policy }: PolicyQuestion, ask: Ask): Promise<PolicyAnswer> {
  const plain = async (rule: string) => {
    const { results, steps } = await ask(`data.${policy.packageName}.${rule}`, false);
    return { value: results[0]?.expressions[0], steps };
  };
  const { value: deny, steps } = await plain("deny");
  const isWorthIt = steps <= cheapSteps || !Array.isArray(deny) || deny.length > 0;
  const { value: _same, ...found }: Found = isWorthIt
    ? await explained(policy.packageName, "deny", ask)
    : { value: deny, facts: [] };
  const warn = definesRule(policy, "warn") ? (await plain("warn")).value : [];
  return { deny, warn, ...found };
}

/** Asks a policy by its package: `result` of a request, `deny` and `warn` of a plan. */
export async function askEngine(question: PolicyQuestion, ask: Ask): Promise<PolicyAnswer> {
  const { packageName } = question.policy;
  if (packageName === "torque.terraform_plan") return askPlan(question, ask);
  const { value, ...found } = await explained(packageName, "result", ask);
  return { result: value, ...found };
}
