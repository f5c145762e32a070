import type { Component, Estimate, Resource } from "./cost.ts";

function componentText(component: Component): string {
  const { group = [], name, quantity, unitPrice, monthly, low, high, state } = component;
  const range = low === undefined ? "" : ` between ${low} and ${high}`;
  return `${[...group, name].join(" > ")}: ${quantity} x ${unitPrice} = ${monthly}${range} (${state})`;
}

function resourceLines(resource: Resource): string[] {
  const head = `${resource.state}, ${resource.monthly} in ${resource.region}, ${resource.count ?? "unknown"} of it`;
  return [head, ...resource.components.map(componentText)];
}

/** Where two estimates of one configuration differ: one line for each resource, naming the first thing that does. */
export function estimateDifferences(one: Estimate, other: Estimate): string[] {
  const others = new Map(other.resources.map((resource) => [resource.address, resource]));
  const missing = one.resources
    .filter(({ address }) => !others.has(address))
    .map(({ address }) => `${address}: only in one`);
  const known = new Set(one.resources.map(({ address }) => address));
  const added = other.resources
    .filter(({ address }) => !known.has(address))
    .map(({ address }) => `${address}: only in the other`);
  const changed = one.resources.flatMap((resource) => {
    const twin = others.get(resource.address);
    if (!twin) return [];
    const [mine, theirs] = [resourceLines(resource), resourceLines(twin)];
    const at = Array.from({ length: Math.max(mine.length, theirs.length) }, (_, index) => index).find(
      (index) => mine[index] !== theirs[index],
    );
    return at === undefined ? [] : [`${resource.address}: ${mine[at] ?? "nothing"} and ${theirs[at] ?? "nothing"}`];
  });
  return [...missing, ...added, ...changed];
}
