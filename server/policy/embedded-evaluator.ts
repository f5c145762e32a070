import { compile, evaluate, type Prepared } from "#server/rego/engine.ts";
import { fromJson } from "#server/rego/values/from-json.ts";
import type { Value } from "#server/rego/values/value.ts";
import { askEngine, engineName, evaluationOptions } from "./ask-engine.ts";
import type { PolicyEvaluator } from "./evaluator.ts";
import type { Policy } from "./policy.ts";

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

/** Documents as the engine's values: all policies asked about one document share it. */
const values = new WeakMap<object, Value>();

function documentValue(input: unknown): Value {
  if (typeof input !== "object" || input === null) return fromJson(input ?? null);
  const known = values.get(input) ?? fromJson(input);
  values.set(input, known);
  return known;
}

/** Asks the engine in this process: reviewed policies of the release, each within the engine's budget. */
export const embeddedEvaluator: PolicyEvaluator = {
  engine: engineName,
  evaluate: async (question) => {
    const policy = prepare(question.policy);
    const options = { ...evaluationOptions(question), inputValue: documentValue(question.input) };
    return askEngine(question, (path, explain) => evaluate(policy, { path }, { ...options, explain }));
  },
};
