import type { ModuleInstance, ProviderView, ResolvedProvider } from "./module-instance.ts";

/** The root module sees the provider blocks it declares. */
export function rootProviders(self: ModuleInstance): ProviderView {
  const view = new Map<string, ResolvedProvider>();
  for (const [key, block] of self.source.providers) view.set(key, { key, block, module: self });
  return view;
}

type Inheritance = { parent: ModuleInstance; self: ModuleInstance; passed: ReadonlyMap<string, string> | undefined };

/** A child sees what the call passes to it, the default configurations of its parent, and its own blocks. */
export function inheritedProviders({ parent, self, passed }: Inheritance): ProviderView {
  const view = new Map<string, ResolvedProvider>();
  if (!passed) for (const [key, provider] of parent.providers) if (!key.includes(".")) view.set(key, provider);
  for (const [own, theirs] of passed ?? []) view.set(own, resolveProvider(parent, theirs));
  for (const [key, block] of self.source.providers) {
    const isMerePlaceholder =
      block.body.attributes.size <= (block.alias === undefined ? 0 : 1) && block.body.blocks.length === 0;
    if (view.has(key) && isMerePlaceholder) continue;
    view.set(key, { key: `${self.address}:${key}`, block, module: self });
  }
  return view;
}

/** The configuration behind a local key; one without a block is the provider's implied default. */
export function resolveProvider(module: ModuleInstance, key: string): ResolvedProvider {
  return module.providers.get(key) ?? { key, block: undefined, module: undefined };
}
