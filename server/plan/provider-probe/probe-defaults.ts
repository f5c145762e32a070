import { buildConfig, type Connect, type RawBlock } from "./probe-rewrites.ts";

export type Default = string | number | boolean;
/** `aws_sqs_queue.delay_seconds → 0`: what the provider plans for an argument that was left out. */
export type Defaults = Map<string, Default>;

type Planned = Record<string, unknown>;

/** Nothing set at all, or one empty block of each kind, to any depth. */
function emptyConfig(block: RawBlock, withBlocks: boolean): Planned {
  const config: Planned = {};
  for (const name of Object.keys(block.attributes ?? {})) config[name] = null;
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    const inner = withBlocks && name !== "timeouts" ? emptyConfig(nested.block, true) : undefined;
    const isMany = nested.nesting_mode === "list" || nested.nesting_mode === "set";
    config[name] = isMany ? (inner ? [inner] : []) : nested.nesting_mode === "map" ? {} : (inner ?? null);
  }
  return config;
}

/** Texts stay, numbers and switches are left out. */
function textsAlone(config: Planned): Planned {
  const entries = Object.entries(config).map(([name, value]) => {
    if (typeof value === "number" || typeof value === "boolean") return [name, null] as const;
    const nested = Array.isArray(value) ? asObject(value[0]) : undefined;
    return [name, nested ? [textsAlone(nested)] : value] as const;
  });
  return Object.fromEntries(entries);
}

const asObject = (value: unknown): Planned | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Planned) : undefined;

/** The one element of a block, or the block itself. */
const elementOf = (value: unknown): Planned | undefined => asObject(Array.isArray(value) ? value[0] : value);

/** Longer ones, and those that name the probe's own region, are made up from elsewhere. */
const isPlain = (value: unknown): value is Default =>
  typeof value === "number" ||
  typeof value === "boolean" ||
  (typeof value === "string" && value !== "" && value.length <= 60 && !value.includes("eu-west-1"));

type Seen = { path: string; block: RawBlock; config: Planned; planned: Planned };

/** What was left out of the configuration and is there in the plan. */
function collect({ path, block, config, planned }: Seen, found: Defaults): void {
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    const value = planned[name];
    if (attribute.optional && config[name] === null && isPlain(value)) found.set(`${path}.${name}`, value);
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    const own = name === "timeouts" ? undefined : elementOf(config[name]);
    const inner = elementOf(planned[name]);
    if (own && inner) collect({ path: `${path}.${name}`, block: nested.block, config: own, planned: inner }, found);
  }
}

/** The same configuration with these arguments left out. */
function without(config: Planned, path: string, left: Defaults): Planned {
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => {
      const inner = `${path}.${name}`;
      if (left.has(inner)) return [name, null];
      const nested = elementOf(value);
      if (!nested) return [name, value];
      return [name, Array.isArray(value) ? [without(nested, inner, left)] : without(nested, inner, left)];
    }),
  );
}

async function ask(connect: Connect, type: string, config: Planned): Promise<Planned | undefined> {
  const client = await connect();
  const answer = await client.plan(type, config).catch(() => ({ complaint: "no answer" }));
  return "planned" in answer ? asObject(answer.planned) : undefined;
}

/**
 * What the provider fills in whatever else is set: asked with nothing, with one empty block of each kind, and with all
 * else set. A value that is not the same each time hangs on something, and is none.
 */
export async function probeDefaults(connect: Connect, type: string, block: RawBlock): Promise<Defaults> {
  const seen: Defaults[] = [];
  const look = async (config: Planned): Promise<Defaults | undefined> => {
    const planned = await ask(connect, type, config);
    if (!planned) return undefined;
    const found: Defaults = new Map();
    collect({ path: type, block, config, planned }, found);
    seen.push(found);
    return found;
  };
  const full = buildConfig(block, "plain", undefined);
  await look(emptyConfig(block, false));
  await look(emptyConfig(block, true));
  // Some refuse to plan without their names and kinds: then with texts alone.
  if (seen.length === 0) await look(textsAlone(full));
  const candidates: Defaults = new Map(seen.flatMap((found) => [...found]));
  if (candidates.size === 0) return candidates;
  const whole = await look(without(full, type, candidates));
  const isTop = (path: string) => path.split(".").length === 2;
  const isSteady = ([path, value]: [string, Default]) =>
    seen.every((found) => found.get(path) === value || (!isTop(path) && !found.has(path) && found !== whole));
  return new Map([...candidates].filter(isSteady));
}
