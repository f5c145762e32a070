import { askEngine, engineName, evaluationOptions } from "./ask-engine.ts";
import type { PolicyEvaluator } from "./evaluator.ts";
import { policyIsolation } from "./isolation.ts";

/** What people try gets less than a policy of the release: they wait for it, and others share the threads. */
export const triedBudget = { wallMs: 800, steps: 20_000_000, collection: 200_000 };

/** The same engine in threads with a heap of their own, ended by force when they must be: for what nobody has reviewed. */
export const isolatedEvaluator: PolicyEvaluator = {
  engine: engineName,
  evaluate: (question) => {
    const { policy, input } = question;
    const sources = [{ file: policy.file, source: policy.source }];
    const options = { ...evaluationOptions(question), input: input ?? null, budget: triedBudget };
    return askEngine(question, async (path, explain) => {
      const request = { sources, query: { path }, evaluate: { ...options, explain } };
      const { evaluation } = await policyIsolation().run(request);
      if (evaluation === undefined) throw new Error("The engine gave no answer.");
      return evaluation;
    });
  },
};
