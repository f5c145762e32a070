import type { Block, ModuleBlocks } from "./module-source.ts";

type Tags = Readonly<Record<string, string>>;

/** What of the providers is known once they are installed. */
export type Taggable = {
  /** Resource types of providers without default tags that take a map of `tags`. */
  types: ReadonlySet<string>;
  /** Whether the Google provider takes `default_labels`: from 5.16 on. */
  googleLabels: boolean;
};

export const nothingTaggable: Taggable = { types: new Set(), googleLabels: false };

/** Text that Terraform takes as it is, not as a template. */
const literal = (text: string) => text.replace(/[$%](?=\{)/g, (sign) => sign + sign);

/** The author's tags under ours. Keys that differ in capitals only are one key to some services: ours stays. */
export function mergedTags(authors: unknown, ours: Tags): unknown {
  const keys = Object.keys(ours).map((key) => key.toLowerCase());
  if (typeof authors === "string" && authors.startsWith("${") && authors.endsWith("}")) {
    const given = `try({ for key, value in ${authors.slice(2, -1)} : key => value if !contains(${JSON.stringify(keys)}, lower(key)) }, {})`;
    return `\${merge(${given}, jsondecode(${literal(JSON.stringify(JSON.stringify(ours)))}))}`;
  }
  const own = typeof authors === "object" && authors !== null ? Object.entries(authors) : [];
  return Object.fromEntries([
    ...own.filter(([key]) => !keys.includes(key.toLowerCase())),
    ...Object.entries(ours).map(([key, value]) => [key, literal(value)]),
  ]);
}

/** Google takes lower-case letters, digits, `_` and `-`, at most 63. */
export function labelsOf(tags: Tags): Record<string, string> {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9_-]/g, "_")
      .slice(0, 63);
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [plain(key), plain(value)]));
}

/** A block that only names itself stands for the caller's configuration: with settings it would become one of its own. */
const isProxy = (body: Block) => Object.keys(body).every((key) => key === "alias" || key === "version");

const aliasOf = ({ alias }: Block) => (typeof alias === "string" ? { alias } : {});

/** `default_tags` of a provider block as its author wrote it. */
function defaultTagsOf(body: Block): unknown {
  const block: unknown = Array.isArray(body.default_tags) ? body.default_tags[0] : body.default_tags;
  return typeof block === "object" && block !== null && "tags" in block ? block.tags : undefined;
}

const textsOf = (value: unknown) => (Array.isArray(value) ? value.filter((item) => typeof item === "string") : []);

/** What an author lets the provider overlook, as far as it is none of ours: the provider would not even set it. */
function ignoredTags(body: Block, tags: Tags): { ignore_tags?: Block[] } {
  const block: unknown = Array.isArray(body.ignore_tags) ? body.ignore_tags[0] : body.ignore_tags;
  if (typeof block !== "object" || block === null) return {};
  const { keys, key_prefixes: prefixes } = block as Block;
  const ours = Object.keys(tags);
  const kept = {
    keys: textsOf(keys).filter((key) => !key.includes("${") && !ours.includes(key)),
    key_prefixes: textsOf(prefixes).filter((one) => !one.includes("${") && !ours.some((key) => key.startsWith(one))),
  };
  return { ignore_tags: [kept] };
}

type Wish = { tags: Tags; taggable: Taggable; isRoot: boolean; connected: Record<string, unknown> };

/** The AWS provider configuration that puts our tags on everything it makes. */
export function awsProvider(body: Block, { tags, connected }: Pick<Wish, "tags" | "connected">): Block {
  const default_tags = [{ tags: mergedTags(defaultTagsOf(body), tags) }];
  return { ...aliasOf(body), ...connected, ...ignoredTags(body, tags), default_tags };
}

/** What an override file of one module says, so that everything it makes carries the environment's tags. */
export function overridesFor(blocks: ModuleBlocks, wish: Wish): Record<string, unknown> {
  const { tags, taggable, isRoot } = wish;
  const configured = blocks.providers.filter(({ body }) => isRoot || !isProxy(body));
  const provider: Record<string, Block[]> = {};
  const add = (name: string, body: Block) => {
    provider[name] = [...(provider[name] ?? []), body];
  };
  for (const { name, body } of configured) {
    if (name === "aws") add(name, awsProvider(body, wish));
    if ((name === "google" || name === "google-beta") && taggable.googleLabels)
      add(name, { ...aliasOf(body), default_labels: mergedTags(body.default_labels, labelsOf(tags)) });
  }
  const resource: Record<string, Record<string, Block>> = {};
  for (const { type, name, body } of blocks.resources)
    if (taggable.types.has(type)) resource[type] = { ...resource[type], [name]: { tags: mergedTags(body.tags, tags) } };
  return {
    ...(Object.keys(provider).length > 0 && { provider }),
    ...(Object.keys(resource).length > 0 && { resource }),
  };
}
