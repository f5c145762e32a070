import type { ModuleInstance } from "#server/plan/module/module-instance.ts";
import { providerArguments } from "#server/plan/module/provider-arguments.ts";
import type { ResourceNode } from "#server/plan/module/resource-node.ts";
import type { PlanNotes } from "#server/plan/plan.ts";
import { findUnknown, isSensitiveWithin } from "#server/plan/value/value.ts";
import type { CollectedChanges } from "./changes.ts";
import { knownPart, plainObject } from "./json-value.ts";

const builtin = "terraform.io/builtin/terraform";

/** `registry.terraform.io/hashicorp/aws` */
export function providerName(node: ResourceNode): string {
  return fullProviderName(node.module, node.localProviderKey.split(".")[0]!);
}

export function fullProviderName(module: ModuleInstance, localName: string): string {
  if (localName === "terraform") return builtin;
  const source = module.source.requirements.get(localName)?.source ?? `hashicorp/${localName}`;
  return source.split("/").length === 2 ? `registry.terraform.io/${source.toLowerCase()}` : source.toLowerCase();
}

const secretArguments = /secret|token|password|credential|private|_key$/;

/** The settings of every provider configuration that a planned resource uses, without anything secret. */
export function renderProviders(changes: CollectedChanges): PlanNotes["providers"] {
  const providers: PlanNotes["providers"] = {};
  for (const { node } of changes.planned) {
    const { provider } = node;
    if (Object.hasOwn(providers, provider.key)) continue;
    const values = [...providerArguments(provider, node.module.settings).values].filter(
      ([name, value]) => !secretArguments.test(name) && !isSensitiveWithin(value) && findUnknown(value) === undefined,
    );
    const alias = provider.block?.alias;
    providers[provider.key] = {
      name: provider.key.split(":").at(-1)!.split(".")[0]!,
      ...(alias !== undefined && { alias }),
      values: plainObject(values.map(([name, value]) => [name, knownPart(value)])),
    };
  }
  return providers;
}
