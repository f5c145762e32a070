import type { Component, Estimate } from "./cost.ts";
import { groupBy } from "./group-by.ts";

/** A case of the golden set: what another tool found for the same configuration. */
export interface GoldenCase {
  summary: { detected: number; estimated: number; free: number; unsupported: number };
  resources: {
    address: string;
    remoteModule?: boolean;
    components: {
      group: string | null;
      name: string;
      unit: string;
      monthlyQuantity: number | null;
      monthlyCost: number | null;
      inTable: boolean;
    }[];
  }[];
}

export interface GoldenResult {
  inTable: number;
  passed: number;
  outsideTable: number;
  /** Outside the table and, as it should be, without a figure. */
  stated: number;
  silentZeros: string[];
  failures: string[];
  detected: number;
  free: number;
  unsupported: number;
  /** Resources of modules that only a registry has; they cannot be planned offline. */
  behindRemoteModules: number;
}

const relative = 0.01;
const absolute = 0.01;

function agrees(expected: number | null, actual: string | null): boolean {
  if (expected === null || actual === null) return expected === null && actual === null;
  const difference = Math.abs(Number(actual) - expected);
  return difference <= absolute + 1e-9 || difference <= Math.abs(expected) * relative;
}

function keyOf(group: string | null | undefined, name: string): string {
  return `${group ?? ""}|${name}`;
}

function isSilentZero(component: Component): boolean {
  return (
    component.monthly !== null &&
    Number(component.monthly) === 0 &&
    Number(component.quantity ?? 0) !== 0 &&
    component.unitPrice === "0"
  );
}

function silentZeros(estimate: Estimate): string[] {
  return estimate.resources.flatMap((resource) => {
    const zeros = resource.components.filter(isSilentZero).map((component) => `${resource.address}: ${component.name}`);
    const isEmptyZero = resource.monthly !== null && Number(resource.monthly) === 0 && resource.state !== "priced";
    return isEmptyZero ? [...zeros, resource.address] : zeros;
  });
}

/** Whether detected, free and unsupported resources are as many as the case says, those behind registry modules aside. */
export function countsAgree({ summary }: GoldenCase, result: GoldenResult): boolean {
  if (result.unsupported !== summary.unsupported) return false;
  const hidden = summary.detected - result.detected;
  if (result.behindRemoteModules === 0) return hidden === 0 && result.free === summary.free;
  return hidden >= result.behindRemoteModules && result.free + hidden - result.behindRemoteModules === summary.free;
}

/** Compares an estimate with a golden case, component by component. */
export function compareWithGolden(estimate: Estimate, golden: GoldenCase): GoldenResult {
  const result: GoldenResult = {
    inTable: 0,
    passed: 0,
    outsideTable: 0,
    stated: 0,
    silentZeros: silentZeros(estimate),
    failures: [],
    detected: estimate.coverage.detected,
    free: estimate.coverage.free,
    unsupported: estimate.coverage.unsupported,
    behindRemoteModules: golden.resources.filter((resource) => resource.remoteModule).length,
  };
  const resources = new Map(estimate.resources.map((resource) => [resource.address, resource]));
  for (const expected of golden.resources) {
    const components = resources.get(expected.address)?.components ?? [];
    const byKey = groupBy(components, (component) => keyOf(component.group?.join(" > "), component.name));
    for (const wanted of expected.components) {
      const actual = byKey.get(keyOf(wanted.group, wanted.name))?.shift();
      const found = actual ? `${actual.monthly ?? actual.state} (${actual.quantity} x ${actual.unitPrice})` : "nothing";
      const place = `${expected.address}: ${[wanted.group, wanted.name].filter((part) => part).join(" > ")}`;
      if (wanted.inTable) {
        result.inTable += 1;
        if (actual && agrees(wanted.monthlyCost, actual.monthly)) result.passed += 1;
        else result.failures.push(`${place}: ${wanted.monthlyCost ?? "depends on usage"} expected, ${found} found`);
      } else {
        result.outsideTable += 1;
        if (!actual || actual.monthly === null) result.stated += 1;
        else result.failures.push(`${place}: has no list price, ${found} found`);
      }
    }
  }
  return result;
}
