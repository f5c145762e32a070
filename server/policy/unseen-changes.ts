import type { Plan } from "#server/plan/plan.ts";
import type { Finding, Verdict } from "./verdict.ts";

const mostNamed = 20;

type Unseen = { address: string; message: string };

/** A static plan's gaps are judged again on the driver's plan; what a driver itself puts off is seen by nobody before it exists. */
function deferredChange(plan: Plan, address: string, reason: string): Unseen {
  const why =
    reason === "instance_count_unknown" ? "how many there will be is not known yet" : reason.replaceAll("_", " ");
  const later =
    plan.gantry.source === "static"
      ? "It is judged on the real plan, before anything is applied."
      : "Terraform puts it off to a later plan: have somebody look at it.";
  return { address, message: `No policy has seen ${address}: ${why}. ${later}` };
}

/** What a plan announces but does not show, so that no policy can judge it. */
export function unseenChanges(plan: Plan): Unseen[] {
  const deferred = (plan.deferred_changes ?? []).map(({ reason, resource_change: { address } }) =>
    deferredChange(plan, address, reason),
  );
  const modules = plan.gantry.remoteModules.map(({ address, source }) => ({
    address,
    message: `No policy has seen inside ${address} (${source}). It is judged on the real plan, before anything is applied.`,
  }));
  return [...deferred, ...modules];
}

/**
 * The verdicts on a plan, the first of them also naming what none of them could see: "nothing to refuse" must not read as
 * a word about what the plan does not show.
 */
export function warnOfUnseen(verdicts: readonly Verdict[], plan: Plan): Verdict[] {
  const unseen = unseenChanges(plan);
  const [first, ...others] = verdicts;
  if (!first || unseen.length === 0) return [...verdicts];
  const named = unseen.slice(0, mostNamed);
  const rest = unseen.length - named.length;
  const more = rest > 0 ? [`And ${rest} more that no policy has seen.`] : [];
  const findings = named.map(
    ({ address, message }): Finding => ({ effect: "warn", rule: null, severity: null, message, hint: null, address }),
  );
  return [
    {
      ...first,
      warnings: [...first.warnings, ...named.map(({ message }) => message), ...more],
      ...(first.findings && { findings: [...first.findings, ...findings] }),
    },
    ...others,
  ];
}
