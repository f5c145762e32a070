import { ObjectBuilder, RegoObject } from "#server/rego/values/rego-object.ts";
import { type Key, keyOf, type Value } from "#server/rego/values/value.ts";

/** The paths of `data` that `with` replaced: no rule speaks at or below them. */
export interface Mask {
  readonly replaced: boolean;
  readonly children: ReadonlyMap<Key, Mask>;
}

export function maskPath(mask: Mask | undefined, path: readonly Value[], at = 0): Mask {
  if (at === path.length) return { replaced: true, children: new Map() };
  const key = keyOf(path[at] as Value);
  const children = new Map(mask?.children);
  children.set(key, maskPath(mask?.children.get(key), path, at + 1));
  return { replaced: mask?.replaced ?? false, children };
}

/** The document with `value` put at `path`; what stands in the way and is no object gives way. */
export function putPath(document: Value | undefined, path: readonly Value[], value: Value, at = 0): Value {
  if (at === path.length) return value;
  const key = path[at] as Value;
  const object = document instanceof RegoObject ? document : undefined;
  const builder = object === undefined ? new ObjectBuilder() : ObjectBuilder.from(object);
  return builder.set(key, putPath(object?.get(key), path, value, at + 1)).build();
}
