import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { jsonToValue } from "#server/plan/module/json-value.ts";
import type { ResourceMode } from "#server/plan/module/module-source.ts";
import {
  ANY,
  BOOL,
  listOf,
  mapOf,
  NUMBER,
  objectOf,
  STRING,
  setOf,
  type Type,
  tupleOf,
} from "#server/plan/value/type.ts";
import type { Value } from "#server/plan/value/value.ts";
import { commonSchema } from "./common-schema.ts";
import type { CompactSchema } from "./compact-schema.ts";
import { decodeRewrite, type Rewrite } from "./rewrites.ts";

/** What a provider declares about the arguments of a resource; only the part that a plan depends on. */
export type BlockSchema = {
  readonly attributes: ReadonlyMap<string, AttributeSchema>;
  readonly blocks: ReadonlyMap<string, NestedSchema>;
  /** What the provider plans for arguments that are left out, where it always plans the same. */
  readonly defaults: ReadonlyMap<string, Value>;
  /** Whether every argument of the provider is listed, so that what is missing is known to be missing. */
  readonly isComplete: boolean;
};

export type AttributeSchema = {
  readonly type: Type;
  readonly isComputed: boolean;
  readonly isSensitive: boolean;
  /** Given to the provider and never written down: a plan shows nothing of it. */
  readonly isWriteOnly?: boolean;
  /** The provider stores something else than what is written, such as a hash or normalised JSON. */
  readonly rewrite?: Rewrite;
};

export type NestedSchema = {
  readonly nesting: "list" | "set" | "single" | "map";
  readonly block: BlockSchema;
  /** Whether the provider may drop or change the block as a whole. */
  readonly isHidden: boolean;
};

let loaded: CompactSchema | undefined;
const decoded = new Map<string, BlockSchema>();

/** The schema of a managed resource, or what its provider's resources have in common, or undefined. */
export function findSchema(mode: ResourceMode, type: string): BlockSchema | undefined {
  if (mode === "data") return undefined;
  const known = decoded.get(type);
  if (known) return known;
  loaded ??= JSON.parse(
    readFileSync(fileURLToPath(new URL("./aws.generated.json", import.meta.url)), "utf8"),
  ) as CompactSchema;
  const index = Object.hasOwn(loaded.resources, type) ? loaded.resources[type] : undefined;
  const schema = index === undefined ? commonSchema(type) : decodeBlock(loaded, index, type);
  if (schema) decoded.set(type, schema);
  return schema;
}

function decodeBlock(schema: CompactSchema, index: number, path: string): BlockSchema {
  const [attributes, blocks] = schema.blocks[index]!;
  const nested = Object.entries(blocks).map(([name, code]) => {
    const inner = `${path}.${name}`;
    const block = decodeBlock(schema, Number(code.slice(1)), inner);
    const isHidden = /^[hpn]/.test(schema.rewrites[inner] ?? "");
    return [name, { nesting: nestings[code[0]!]!, block, isHidden }] as const;
  });
  const own = Object.entries(attributes).map(
    ([name, code]) => [name, decodeAttribute(schema, code, `${path}.${name}`)] as const,
  );
  const filled = Object.keys(attributes).flatMap((name) => {
    const value = schema.defaults?.[`${path}.${name}`];
    return value === undefined ? [] : [[name, jsonToValue(value)] as const];
  });
  return { attributes: new Map(own), blocks: new Map(nested), defaults: new Map(filled), isComplete: true };
}

const nestings: Record<string, NestedSchema["nesting"]> = { l: "list", t: "set", m: "map", g: "single" };
const simpleTypes: Record<string, Type> = {
  s: STRING,
  n: NUMBER,
  b: BOOL,
  L: listOf(STRING),
  S: setOf(STRING),
  M: mapOf(STRING),
};

function decodeAttribute(schema: CompactSchema, code: string, path: string): AttributeSchema {
  const [, kind = "s", flags = ""] = /^(#\d+|[snbLSM])(c?x?w?)$/.exec(code) ?? [];
  const type = kind.startsWith("#") ? decodeType(schema.types[Number(kind.slice(1))]) : simpleTypes[kind]!;
  const rewrite = decodeRewrite(schema.rewrites[path], flags.includes("c") && kind !== "n" && kind !== "b");
  return {
    type,
    isComputed: flags.includes("c"),
    isSensitive: flags.includes("x"),
    ...(flags.includes("w") && { isWriteOnly: true }),
    ...(rewrite && { rewrite }),
  };
}

const primitives: Record<string, Type> = { string: STRING, number: NUMBER, bool: BOOL };

function decodeType(raw: unknown): Type {
  if (typeof raw === "string") return primitives[raw] ?? ANY;
  if (!Array.isArray(raw)) return ANY;
  const [kind, inner] = raw as [string, unknown];
  if (kind === "object")
    return objectOf(
      new Map(Object.entries(inner as Record<string, unknown>).map(([name, item]) => [name, decodeType(item)])),
    );
  if (kind === "tuple") return tupleOf((inner as unknown[]).map(decodeType));
  if (kind === "list" || kind === "set" || kind === "map") return { kind, element: decodeType(inner) };
  return ANY;
}
