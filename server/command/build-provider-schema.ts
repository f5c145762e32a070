import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { probeDefaults } from "#server/plan/provider-probe/probe-defaults.ts";
import { type Connect, probeResource, type RawBlock } from "#server/plan/provider-probe/probe-rewrites.ts";
import { openProvider, type ProviderClient } from "#server/plan/provider-probe/provider-client.ts";
import { type CompactSchema, compactSchema, type RawProviderSchema } from "#server/plan/schema/compact-schema.ts";
import { encodeRewrite } from "#server/plan/schema/rewrites.ts";

/**
 * `npm run plan:schema -- <schema.json> <provider binary> <version>` writes `server/plan/schema/aws.generated.json`.
 * The first file is what `terraform providers schema -json` prints; the second is asked, offline, what it makes of each
 * argument. Takes about ten minutes; with `--keep-rewrites` it only asks again what it makes of arguments left out.
 */
const address = "registry.terraform.io/hashicorp/aws";
const target = join(process.cwd(), "server/plan/schema/aws.generated.json");

type Schemas = { provider_schemas: Record<string, RawProviderSchema & { provider: { block: RawBlock } }> };

/** Whether these arguments apply depends on a sibling, so that a probe that sets all of them misjudges each. */
const dependentPaths = /^aws_a?lb_listener(?:_rule)?\.(?:default_)?action\./;

function blankConfig(block: RawBlock): Record<string, unknown> {
  const attributes = Object.keys(block.attributes ?? {}).map((name) => [name, null] as const);
  const blocks = Object.entries(block.block_types ?? {}).map(
    ([name, nested]) => [name, nested.nesting_mode === "list" || nested.nesting_mode === "set" ? [] : null] as const,
  );
  return Object.fromEntries([...attributes, ...blocks]);
}

function reconnecting(binary: string, provider: RawBlock): Connect {
  const settings = {
    ...blankConfig(provider),
    region: "eu-west-1",
    access_key: "mock",
    secret_key: "mock",
    skip_credentials_validation: true,
    skip_metadata_api_check: "true",
    skip_region_validation: true,
    skip_requesting_account_id: true,
  };
  let client: ProviderClient | undefined;
  return async () => {
    if (client?.isAlive()) return client;
    client?.close();
    client = await openProvider(binary);
    await client.configure(settings);
    return client;
  };
}

/** Computed texts and collections: an empty one counts as left out, which needs no note of its own. */
function losesEmpty(block: RawBlock, names: readonly string[]): boolean {
  const [name = "", ...rest] = names;
  const attribute = block.attributes?.[name];
  if (rest.length === 0)
    return attribute?.computed === true && attribute.type !== "bool" && attribute.type !== "number";
  const nested = block.block_types?.[name];
  return nested !== undefined && losesEmpty(nested.block, rest);
}

async function main([schemaFile, binary, version]: readonly string[]): Promise<void> {
  if (!schemaFile || !binary || !version)
    throw new Error("Usage: npm run plan:schema -- <schema.json> <provider binary> <version>");
  const raw = (JSON.parse(readFileSync(schemaFile, "utf8")) as Schemas).provider_schemas[address];
  if (!raw) throw new Error(`${schemaFile} has no schema of ${address}.`);
  const compact = compactSchema(raw, address, version);
  const connect = reconnecting(binary, raw.provider.block);
  for (const type of Object.keys(compact.resources))
    for (const [path, value] of await probeDefaults(connect, type, raw.resource_schemas[type]!.block))
      compact.defaults[path] = value;
  if (process.argv.includes("--keep-rewrites"))
    compact.rewrites = (JSON.parse(readFileSync(target, "utf8")) as CompactSchema).rewrites;
  else await probeRewrites(raw, compact, connect);
  (await connect()).close();
  writeFileSync(target, `${JSON.stringify(compact)}\n`);
  const count = (found: object) => Object.keys(found).length;
  console.log(
    `${count(compact.resources)} resource types, ${count(compact.rewrites)} rewritten arguments, ${count(compact.defaults)} defaults`,
  );
}

async function probeRewrites(raw: RawProviderSchema, compact: CompactSchema, connect: Connect): Promise<void> {
  for (const type of Object.keys(compact.resources)) {
    const { block } = raw.resource_schemas[type]!;
    for (const [path, seen] of await probeResource(connect, type, block)) {
      const code = dependentPaths.test(path)
        ? undefined
        : encodeRewrite(seen, losesEmpty(block, path.split(".").slice(1)));
      if (code !== undefined) compact.rewrites[path] = code;
    }
  }
}

await main(process.argv.slice(2));
