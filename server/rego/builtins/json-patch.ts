import { ObjectBuilder, RegoObject } from "#server/rego/values/rego-object.ts";
import { RegoSet } from "#server/rego/values/rego-set.ts";
import { equal, isArray, type Value } from "#server/rego/values/value.ts";
import type { Builtin, BuiltinContext } from "./builtin.ts";
import { ENTRY } from "./cost.ts";
import { parsePath } from "./json-paths.ts";
import { arrayOperand, operand } from "./operands.ts";
import { any, arrayOf, object } from "./type-spec.ts";

/** A patch that does not apply: the whole call is undefined. */
class PatchRefused extends Error {}

type Path = readonly Value[];

/** `undefined` is the document that was removed as a whole. */
type Document = Value | undefined;

/** Index of an array: a number or its text; `-` is behind the last. */
function arrayIndex(items: readonly Value[], key: Value, last: number): number {
  const index = key === "-" ? items.length : typeof key === "string" && /^(0|[1-9]\d*)$/.test(key) ? Number(key) : key;
  if (typeof index !== "number" || index < 0 || index > last) throw new PatchRefused();
  return index;
}

function childAt(holder: Document, key: Value): Value {
  if (isArray(holder as Value)) {
    const items = holder as readonly Value[];
    return items[arrayIndex(items, key, items.length - 1)] as Value;
  }
  const found = holder instanceof RegoObject ? holder.get(key) : undefined;
  if (found !== undefined) return found;
  if (holder instanceof RegoSet && holder.has(key)) return key;
  throw new PatchRefused();
}

function valueAt(document: Document, path: Path): Value {
  let at = document;
  for (const key of path) at = childAt(at, key);
  if (at === undefined) throw new PatchRefused();
  return at;
}

/** Puts a changed child in the place of the old one; in a set the child is its own key. */
function withChild(holder: Value, key: Value, changed: Value): Value {
  if (isArray(holder)) return holder.with(arrayIndex(holder, key, holder.length - 1), changed);
  if (holder instanceof RegoObject) return ObjectBuilder.from(holder).set(key, changed).build();
  return (holder as RegoSet).difference(RegoSet.of([key])).union(RegoSet.of([changed]));
}

type Edit = (holder: Value, key: Value) => Value;

/** Applies an edit to the holder of the last key of a path and rebuilds what is above. */
function editAt(holder: Document, path: Path, edit: Edit): Value {
  if (holder === undefined) throw new PatchRefused();
  const key = path[0] as Value;
  if (path.length === 1) return edit(holder, key);
  return withChild(holder, key, editAt(childAt(holder, key), path.slice(1), edit));
}

function insertInto(holder: Value, key: Value, value: Value): Value {
  if (isArray(holder)) return holder.toSpliced(arrayIndex(holder, key, holder.length), 0, value);
  if (holder instanceof RegoObject) return ObjectBuilder.from(holder).set(key, value).build();
  if (!(holder instanceof RegoSet) || !equal(key, value)) throw new PatchRefused();
  return RegoSet.of([...holder.unsorted(), value]);
}

function deleteFrom(holder: Value, key: Value): Value {
  childAt(holder, key);
  if (isArray(holder)) return holder.toSpliced(arrayIndex(holder, key, holder.length - 1), 1);
  if (holder instanceof RegoObject) return ObjectBuilder.from(holder).delete(key).build();
  return (holder as RegoSet).difference(RegoSet.of([key]));
}

function insert(document: Document, path: Path, value: Value): Document {
  return path.length === 0 ? value : editAt(document, path, (holder, key) => insertInto(holder, key, value));
}

function remove(document: Document, path: Path): Document {
  if (path.length > 0) return editAt(document, path, deleteFrom);
  if (document === undefined) throw new PatchRefused();
  return undefined;
}

function field(patch: RegoObject, name: string): Value {
  const value = patch.get(name);
  if (value === undefined) throw new PatchRefused();
  return value;
}

function pathField(patch: RegoObject, name: string): Path {
  const path = parsePath(field(patch, name));
  if (!path) throw new PatchRefused();
  return path;
}

function apply(document: Document, patch: Value): Document {
  if (!(patch instanceof RegoObject)) throw new PatchRefused();
  const path = pathField(patch, "path");
  switch (patch.get("op")) {
    case "add":
      return insert(document, path, field(patch, "value"));
    case "remove":
      return remove(document, path);
    case "replace": {
      const value = field(patch, "value");
      return insert(remove(document, path), path, value);
    }
    case "move": {
      const from = pathField(patch, "from");
      const moved = valueAt(document, from);
      return insert(remove(document, from), path, moved);
    }
    case "copy":
      return insert(document, path, valueAt(document, pathField(patch, "from")));
    case "test":
      if (equal(valueAt(document, path), field(patch, "value"))) return document;
  }
  throw new PatchRefused();
}

/** The members one step of a patch may copy. */
function width(document: Document): number {
  if (document instanceof RegoObject || document instanceof RegoSet) return document.size;
  return document !== undefined && isArray(document) ? document.length : 1;
}

function patchDocument(document: Value, patches: readonly Value[], ctx: BuiltinContext): Document {
  let patched: Document = document;
  try {
    for (const patch of patches) {
      ctx.charge(width(patched) * ENTRY);
      patched = apply(patched, patch);
    }
  } catch (error) {
    if (error instanceof PatchRefused) return undefined;
    throw error;
  }
  return patched;
}

export const jsonPatch: readonly Builtin[] = [
  {
    name: "json.patch",
    params: [any, arrayOf(object)],
    result: any,
    call: (args, ctx) => patchDocument(operand(args, 0), arrayOperand(args, 1), ctx),
  },
];
