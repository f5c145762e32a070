import { config } from "#server/config.ts";
import { embeddedEvaluator } from "./embedded-evaluator.ts";
import type { PolicyEvaluator } from "./evaluator.ts";
import { isolatedEvaluator } from "./isolated-evaluator.ts";
import { createOpaEvaluator, type OpaEvaluator } from "./opa-evaluator.ts";

let remote: OpaEvaluator | undefined;

/** The OPA that was configured; undefined where there is none. */
export function configuredOpa(): OpaEvaluator | undefined {
  const { OPA_URL, OPA_TOKEN, OPA_TIMEOUT_MS } = config();
  if (!OPA_URL) return undefined;
  remote ??= createOpaEvaluator({ url: OPA_URL, token: OPA_TOKEN, timeoutMs: OPA_TIMEOUT_MS });
  return remote;
}

/** What evaluates policies in this installation: the OPA that was configured, else the embedded engine. */
export function policyEvaluator(): PolicyEvaluator {
  return configuredOpa() ?? embeddedEvaluator;
}

/** The same for documents that people make up: never in the portal's own thread. */
export function tryingEvaluator(): PolicyEvaluator {
  return configuredOpa() ?? isolatedEvaluator;
}
