import { embeddedEvaluator } from "./embedded-evaluator.ts";
import type { PolicyEvaluator } from "./evaluator.ts";

/** What evaluates policies in this installation. */
export function policyEvaluator(): PolicyEvaluator {
  return embeddedEvaluator;
}
