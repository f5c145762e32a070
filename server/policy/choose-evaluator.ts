import { config } from "#server/config.ts";
import { embeddedEvaluator } from "./embedded-evaluator.ts";
import type { PolicyEvaluator } from "./evaluator.ts";
import { createOpaEvaluator } from "./opa-evaluator.ts";

let remote: PolicyEvaluator | undefined;

/** What evaluates policies in this installation: the OPA that was configured, else the embedded engine. */
export function policyEvaluator(): PolicyEvaluator {
  const { OPA_URL, OPA_TOKEN, OPA_TIMEOUT_MS } = config();
  if (!OPA_URL) return embeddedEvaluator;
  remote ??= createOpaEvaluator({ url: OPA_URL, token: OPA_TOKEN, timeoutMs: OPA_TIMEOUT_MS });
  return remote;
}
