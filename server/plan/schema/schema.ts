import type { ResourceMode } from "#server/plan/module/module-source.ts";
import type { Type } from "#server/plan/value/type.ts";

/** What a provider declares about the arguments of a resource; only the part that a plan depends on. */
export type BlockSchema = {
  readonly attributes: ReadonlyMap<string, AttributeSchema>;
  readonly blocks: ReadonlyMap<string, NestedSchema>;
};

export type AttributeSchema = {
  readonly type: Type;
  readonly isComputed: boolean;
  readonly isSensitive: boolean;
  /** The provider stores something else than what is written, such as a hash or normalised JSON. */
  readonly rewrite?: Rewrite;
};

export type NestedSchema = { readonly nesting: "list" | "set" | "single" | "map"; readonly block: BlockSchema };
export type Rewrite = "json" | "sha1" | "hidden" | "lower" | "trim-dot";

export function findSchema(_mode: ResourceMode, _type: string): BlockSchema | undefined {
  return undefined;
}
