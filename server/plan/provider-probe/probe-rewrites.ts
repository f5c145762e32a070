import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { ProviderClient } from "./provider-client.ts";
import { unknownValue } from "./wire.ts";

type RawAttribute = {
  type?: unknown;
  nested_type?: unknown;
  optional?: boolean;
  required?: boolean;
  computed?: boolean;
};
export type RawBlock = {
  attributes?: Record<string, RawAttribute>;
  block_types?: Record<string, { nesting_mode: string; block: RawBlock }>;
};

/** Texts that show what a provider does to a text before it stores it. */
const texts = {
  document: ' {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "<a>"}]}\n',
  name: "Probe.Value.",
  plain: "probe",
} as const;
const normalized =
  '{"Statement":[{"Action":"s3:*","Effect":"Allow","Resource":"\\u003ca\\u003e"}],"Version":"2012-10-17"}';
const probes = ["document", "name", "plain", "zero"] as const;
type Probe = (typeof probes)[number];

/** `path → what was seen`, like `document:json name:lower`, for every argument that is not stored as written. */
export type Findings = Map<string, string>;

/** Gives a living provider: a new one where the last question killed it. */
export type Connect = () => Promise<ProviderClient>;

/** Asks the provider to plan a resource whose every argument is set, then each suspect alone, and notes what comes back changed. */
export async function probeResource(connect: Connect, type: string, block: RawBlock): Promise<Findings> {
  const findings: Findings = new Map();
  for (const probe of probes) {
    const together: Findings = new Map();
    const whole = await askOnce(connect, { type, block, probe, only: undefined });
    if (whole) note({ path: type, block, probe, ...whole }, together);
    const suspects = whole ? new Set([...together.keys()].map((path) => path.split(".")[1]!)) : configurable(block);
    for (const name of suspects) {
      const alone = await askOnce(connect, { type, block, probe, only: name });
      if (alone) note({ path: type, block, probe, ...alone }, findings);
      else for (const [path, kind] of together) if (path.split(".")[1] === name) add(findings, path, kind);
    }
  }
  return findings;
}

type Question = { type: string; block: RawBlock; probe: Probe; only: string | undefined };
type Answer = { config: Record<string, unknown>; planned: Record<string, unknown> };

async function askOnce(connect: Connect, { type, block, probe, only }: Question): Promise<Answer | undefined> {
  const config = buildConfig(block, probe, only);
  const client = await connect();
  const answer = await client.plan(type, config).catch(() => ({ complaint: "no answer" }));
  return "planned" in answer && typeof answer.planned === "object" && answer.planned !== null
    ? { config, planned: answer.planned as Record<string, unknown> }
    : undefined;
}

function configurable(block: RawBlock): string[] {
  const attributes = Object.entries(block.attributes ?? {}).filter(
    ([, attribute]) => attribute.optional || attribute.required,
  );
  return [...attributes.map(([name]) => name), ...Object.keys(block.block_types ?? {})];
}

/** A configuration with every argument set to the probe's text, or one of them alone. */
export function buildConfig(block: RawBlock, probe: Probe, only: string | undefined): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    const isSet = (attribute.optional || attribute.required) && (only === undefined || only === name);
    config[name] = isSet ? sample(attribute.type, probe) : null;
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    const isSet = (only === undefined || only === name) && name !== "timeouts";
    const inner = isSet ? buildConfig(nested.block, probe, undefined) : undefined;
    const isMany = nested.nesting_mode === "list" || nested.nesting_mode === "set";
    config[name] = isMany ? (inner ? [inner] : []) : nested.nesting_mode === "map" ? {} : (inner ?? null);
  }
  return config;
}

function sample(type: unknown, probe: Probe): unknown {
  const isZero = probe === "zero";
  if (type === "string") return isZero ? "" : texts[probe];
  if (type === "number") return isZero ? 0 : 7;
  if (type === "bool") return !isZero;
  if (!Array.isArray(type)) return null;
  const [kind, element] = type as [string, unknown];
  if (kind === "list" || kind === "set") return isZero ? [] : [sample(element, probe)];
  if (kind === "map") return isZero ? {} : { Key: sample(element, probe) };
  if (kind !== "object") return null;
  return Object.fromEntries(
    Object.entries(element as Record<string, unknown>).map(([name, item]) => [name, sample(item, probe)]),
  );
}

type Noting = {
  path: string;
  block: RawBlock;
  probe: Probe;
  config: Record<string, unknown>;
  planned: Record<string, unknown>;
};

function note({ path, block, probe, config, planned }: Noting, findings: Findings): void {
  for (const name of Object.keys(block.attributes ?? {})) {
    // Empty texts and collections of computed arguments are never claimed, so how they change need not be known.
    const attribute = block.attributes?.[name];
    const isPlain = attribute?.type === "bool" || attribute?.type === "number";
    const isCovered = name === "id" || (probe === "zero" && attribute?.computed === true && !isPlain);
    if (isCovered || config[name] === null || isSame(config[name], planned[name])) continue;
    add(findings, `${path}.${name}`, `${probe}:${judge(config[name], planned[name])}`);
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    const [own] = asList(config[name]);
    const [theirs] = asList(planned[name]);
    if (!own) continue;
    if (theirs) note({ path: `${path}.${name}`, block: nested.block, probe, config: own, planned: theirs }, findings);
    else add(findings, `${path}.${name}`, `${probe}:hidden`);
  }
}

/** A missing collection and an empty one are the same in a plan's eyes. */
function isSame(config: unknown, planned: unknown): boolean {
  const isEmpty = (value: unknown) => value === null || (typeof value === "object" && Object.keys(value).length === 0);
  if (isEmpty(config) && isEmpty(planned)) return true;
  return isDeepStrictEqual(config, planned === unknownValue ? "(unknown)" : planned);
}

const asList = (value: unknown): Record<string, unknown>[] =>
  (Array.isArray(value) ? value : [value]).filter(
    (item): item is Record<string, unknown> => typeof item === "object" && item !== null,
  );

function add(findings: Findings, path: string, kind: string): void {
  const before = findings.get(path);
  if (before === undefined) findings.set(path, kind);
  else if (!before.split(" ").includes(kind)) findings.set(path, `${before} ${kind}`);
}

function judge(config: unknown, planned: unknown): string {
  if (typeof config !== "string" || typeof planned !== "string") return "hidden";
  if (planned === createHash("sha1").update(config).digest("hex")) return "sha1";
  if (planned === normalized) return "json";
  if (planned === config.toLowerCase()) return "lower";
  if (planned === config.toUpperCase()) return "upper";
  if (planned === config.trim()) return "trim";
  if (planned === config.replace(/\.$/, "")) return "trim-dot";
  return planned === config.toLowerCase().replace(/\.$/, "") ? "lower-trim-dot" : "hidden";
}
