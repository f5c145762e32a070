import type { SimulatedResource } from "#server/agent/simulator/simulated-cloud.ts";
import type { DriftFinding, KnownResource } from "#server/grain/driver.ts";
import type { Plan, ResourceChange } from "#server/plan/plan.ts";

/** Where the simulator's cloud differs from what the portal holds to be there. */
export function findDifferences(known: readonly KnownResource[], existing: readonly SimulatedResource[]) {
  return known.flatMap((resource) =>
    differences(
      resource,
      existing.find(({ address }) => address === resource.address),
    ),
  );
}

function differences(
  known: KnownResource,
  actual: { attributes: Record<string, unknown> } | undefined,
): DriftFinding[] {
  const { address, attributes } = known;
  if (!actual) return [{ address, field: "exists", expected: true, actual: false, gone: true }];
  const names = new Set([...Object.keys(attributes), ...Object.keys(actual.attributes)]);
  return [...names]
    .filter((name) => attributes[name] !== actual.attributes[name])
    .map((field) => ({
      address,
      field,
      expected: attributes[field] ?? null,
      actual: actual.attributes[field] ?? null,
      gone: false,
    }));
}

export function acceptSummary(findings: readonly DriftFinding[]): string {
  const count = new Set(findings.map(({ address }) => address)).size;
  return `${count} ${count === 1 ? "resource" : "resources"} taken over as found`;
}

/** The grain's plan with what drifted as its only changes, for the policies. */
export function showDrift(plan: Plan, findings: readonly DriftFinding[], existing: readonly SimulatedResource[]): Plan {
  const drifted = new Set(findings.map(({ address }) => address));
  const changes = plan.resource_changes.filter(({ address }) => drifted.has(address));
  const asFound = (planned: ResourceChange): ResourceChange => {
    const actual = existing.find(({ address }) => address === planned.address);
    const before = planned.change.after;
    const after = actual ? { ...(before as object), ...actual.attributes } : null;
    return { ...planned, change: { ...planned.change, actions: [actual ? "update" : "delete"], before, after } };
  };
  return { ...plan, resource_changes: changes.map(asFound) };
}
