/** The part of `terraform providers schema -json` that planning needs, with every distinct block stored once. */
export type CompactSchema = {
  provider: string;
  version: string;
  /** Complex attribute types in Terraform's JSON spelling. */
  types: unknown[];
  /** `[attributes, blocks]`: attribute codes like `sc` (text, computed; x secret, w write-only), block codes like `l12` (nesting and index into this list). */
  blocks: [Record<string, string>, Record<string, string>][];
  resources: Record<string, number>;
  /** How the provider changes an argument before it stores it: `path → code`, see `rewrites.ts`. */
  rewrites: Record<string, string>;
  /** What the provider plans for an argument that was left out: `path → value`. */
  defaults: Record<string, string | number | boolean>;
};

type RawAttribute = {
  type?: unknown;
  nested_type?: RawNested;
  computed?: boolean;
  sensitive?: boolean;
  write_only?: boolean;
};
type RawNested = { attributes?: Record<string, RawAttribute>; nesting_mode?: string };
type RawBlock = {
  attributes?: Record<string, RawAttribute>;
  block_types?: Record<string, { nesting_mode: string; block: RawBlock }>;
};
export type RawProviderSchema = { resource_schemas: Record<string, { block: RawBlock }> };

type Tables = { types: Map<string, number>; blocks: Map<string, number>; compact: CompactSchema };

export function compactSchema(raw: RawProviderSchema, provider: string, version: string): CompactSchema {
  const compact: CompactSchema = {
    provider,
    version,
    types: [],
    blocks: [],
    resources: {},
    rewrites: {},
    defaults: {},
  };
  const tables: Tables = { types: new Map(), blocks: new Map(), compact };
  for (const type of Object.keys(raw.resource_schemas).sort())
    compact.resources[type] = addBlock(raw.resource_schemas[type]!.block, tables);
  return compact;
}

function addBlock(block: RawBlock, tables: Tables): number {
  const attributes = Object.entries(block.attributes ?? {}).map(
    ([name, attribute]) => [name, attributeCode(attribute, tables)] as const,
  );
  const blocks = Object.entries(block.block_types ?? {}).map(
    ([name, nested]) => [name, `${nestingCode(nested.nesting_mode)}${addBlock(nested.block, tables)}`] as const,
  );
  const entry: CompactSchema["blocks"][number] = [Object.fromEntries(attributes), Object.fromEntries(blocks)];
  return intern(entry, tables.blocks, tables.compact.blocks);
}

function intern<T>(entry: T, index: Map<string, number>, entries: T[]): number {
  const key = JSON.stringify(entry);
  const found = index.get(key);
  if (found !== undefined) return found;
  index.set(key, entries.length);
  return entries.push(entry) - 1;
}

/** `single` and `group` blocks are one object. */
function nestingCode(mode: string): string {
  return { list: "l", set: "t", map: "m" }[mode] ?? "g";
}

const simpleTypes: Record<string, string> = {
  '"string"': "s",
  '"number"': "n",
  '"bool"': "b",
  '["list","string"]': "L",
  '["set","string"]': "S",
  '["map","string"]': "M",
};

function attributeCode(attribute: RawAttribute, tables: Tables): string {
  const type = attribute.type ?? nestedType(attribute.nested_type);
  const simple = simpleTypes[JSON.stringify(type)];
  const code = simple ?? `#${intern(type, tables.types, tables.compact.types)}`;
  return code + (attribute.computed ? "c" : "") + (attribute.sensitive ? "x" : "") + (attribute.write_only ? "w" : "");
}

function nestedType(nested: RawNested | undefined): unknown {
  const attributes = Object.entries(nested?.attributes ?? {}).map(([name, item]) => [
    name,
    item.type ?? nestedType(item.nested_type),
  ]);
  const object = ["object", Object.fromEntries(attributes)];
  const mode = nested?.nesting_mode;
  return mode === "list" || mode === "set" || mode === "map" ? [mode, object] : object;
}
