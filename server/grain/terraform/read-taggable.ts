import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { GrainStep } from "#server/grain/driver.ts";
import type { ModuleBlocks } from "./module-source.ts";
import { runTerraform } from "./run-terraform.ts";
import { nothingTaggable, type Taggable } from "./tag-overrides.ts";
import type { Tools } from "./terraform-state.ts";

const Schemas = z.object({
  provider_schemas: z.record(
    z.string(),
    z.object({
      resource_schemas: z
        .record(
          z.string(),
          z.object({
            block: z.object({
              attributes: z
                .record(z.string(), z.object({ type: z.unknown(), optional: z.boolean().default(false) }))
                .default({}),
            }),
          }),
        )
        .default({}),
    }),
  ),
});

/** Resource types of one provider that take `tags` as a map of texts, from `terraform providers schema -json`. */
export function typesWithTags(schemas: string, provider: string): Set<string> {
  const { provider_schemas: providers } = Schemas.parse(JSON.parse(schemas));
  const [, found] = Object.entries(providers).find(([address]) => address.endsWith(`/${provider}`)) ?? [];
  const types = Object.entries(found?.resource_schemas ?? {});
  const takesTags = ({ tags }: Record<string, { type: unknown; optional: boolean }>) =>
    tags?.optional === true && JSON.stringify(tags.type) === '["map","string"]';
  return new Set(types.filter(([, { block }]) => takesTags(block.attributes)).map(([type]) => type));
}

/** The versions that init chose, by the last part of the provider's address. */
export function lockedVersions(lock: string): Record<string, string> {
  const blocks = lock.matchAll(/provider "[^"]*\/([^"/]+)" \{[^}]*?\bversion\s*=\s*"([^"]+)"/g);
  return Object.fromEntries([...blocks].map(([, name = "", version = ""]) => [name, version]));
}

function atLeast(version: string | undefined, least: readonly [number, number]): boolean {
  const [major = 0, minor = 0] = (version ?? "").split(".").map(Number);
  return major > least[0] || (major === least[0] && minor >= least[1]);
}

/** What can be tagged beside AWS; asked only where such a provider is used, once it is installed. */
export async function readTaggable(step: GrainStep, tools: Tools, modules: Iterable<ModuleBlocks>): Promise<Taggable> {
  const all = [...modules];
  const uses = (prefix: string) => all.some(({ types }) => [...types].some((type) => type.startsWith(prefix)));
  if (!uses("azurerm_") && !uses("google_")) return nothingTaggable;
  const lock = path.join(tools.folder.module, ".terraform.lock.hcl");
  const versions = fs.existsSync(lock) ? lockedVersions(fs.readFileSync(lock, "utf8")) : {};
  const googleLabels = atLeast(versions.google, [5, 16]);
  if (!uses("azurerm_")) return { types: new Set(), googleLabels };
  const shown = await runTerraform(step, ["providers", "schema", "-json"], tools);
  const types = shown.code === 0 ? typesWithTags(shown.stdout, "azurerm") : new Set<string>();
  if (types.size === 0)
    step.log("warn", "The Azure provider does not say what it can tag: its resources carry the author's tags only.");
  return { types, googleLabels };
}
