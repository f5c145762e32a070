import type { Component, Estimate, Money, Resource } from "./cost.ts";
import { amount, money } from "./money.ts";

export type ChangeKind = "added" | "removed" | "changed" | "same";

export interface ComponentChange {
  name: string;
  group?: string[];
  kind: ChangeKind;
  before: Money | null;
  after: Money | null;
}

export interface ResourceChange {
  address: string;
  type: string;
  kind: ChangeKind;
  before: Money | null;
  after: Money | null;
  /** Null when either side has no figure: an unknown price is not a saving. */
  difference: Money | null;
  components: ComponentChange[];
}

export interface CostChange {
  before: Money;
  after: Money;
  difference: Money;
  /** Both sides must be priced from the same catalogue; otherwise part of the difference is a change of prices. */
  isSameCatalogue: boolean;
  resources: ResourceChange[];
}

/** Components match by the name before the brackets, so that another machine type is a change and not two lines. */
function componentKey(component: Component): string {
  return JSON.stringify([...(component.group ?? []), component.name.replace(/ \(.*$/, "")]);
}

function kindOf(before: Money | null | undefined, after: Money | null | undefined): ChangeKind {
  if (before === undefined) return "added";
  if (after === undefined) return "removed";
  return before === after ? "same" : "changed";
}

function componentChanges(before: Resource | undefined, after: Resource | undefined): ComponentChange[] {
  const old = new Map((before?.components ?? []).map((component) => [componentKey(component), component]));
  const current = new Map((after?.components ?? []).map((component) => [componentKey(component), component]));
  return [...new Set([...old.keys(), ...current.keys()])].map((key) => {
    const [was, is] = [old.get(key), current.get(key)];
    const { name, group } = (is ?? was)!;
    const isRenamed = was !== undefined && is !== undefined && was.name !== is.name;
    const kind = kindOf(was?.monthly, is?.monthly);
    return {
      name,
      ...(group ? { group } : {}),
      kind: kind === "same" && isRenamed ? "changed" : kind,
      before: was?.monthly ?? null,
      after: is?.monthly ?? null,
    };
  });
}

function difference(before: Resource | undefined, after: Resource | undefined): Money | null {
  const figure = (resource: Resource | undefined) => {
    if (!resource) return "0";
    return resource.state === "free" ? "0" : resource.monthly;
  };
  const [was, is] = [figure(before), figure(after)];
  return was === null || is === null ? null : money(amount(is).minus(was));
}

/** What a change of configuration does to the cost, resource by resource. */
export function compareEstimates(before: Estimate, after: Estimate): CostChange {
  const old = new Map(before.resources.map((resource) => [resource.address, resource]));
  const current = new Map(after.resources.map((resource) => [resource.address, resource]));
  const addresses = [...new Set([...old.keys(), ...current.keys()])].sort();
  return {
    before: before.total.lower,
    after: after.total.lower,
    difference: money(amount(after.total.lower).minus(before.total.lower)),
    isSameCatalogue: before.catalogue.id === after.catalogue.id,
    resources: addresses.map((address) => {
      const [was, is] = [old.get(address), current.get(address)];
      const components = componentChanges(was, is);
      const kind = kindOf(was?.monthly, is?.monthly);
      const isTouched = components.some((component) => component.kind !== "same");
      return {
        address,
        type: (is ?? was)!.type,
        kind: kind === "same" && isTouched ? "changed" : kind,
        before: was?.monthly ?? null,
        after: is?.monthly ?? null,
        difference: difference(was, is),
        components,
      };
    }),
  };
}
