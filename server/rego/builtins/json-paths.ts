import { ObjectBuilder, RegoObject } from "#server/rego/values/rego-object.ts";
import { RegoSet } from "#server/rego/values/rego-set.ts";
import { isArray, type Key, keyOf, typeName, type Value } from "#server/rego/values/value.ts";
import type { Builtin, BuiltinContext } from "./builtin.ts";
import { ENTRY, MEMBER } from "./cost.ts";
import { listOperand, objectOperand, operandError } from "./operands.ts";
import { any, arrayOf, listOf, object, oneOf, string } from "./type-spec.ts";

/** `/a/0/b~1c` or an array of keys; undefined for anything else. */
export function parsePath(path: Value): readonly Value[] | undefined {
  if (isArray(path)) return path;
  if (typeof path !== "string") return undefined;
  if (path === "") return [];
  const parts = path.replace(/^\/+/, "").split("/");
  return parts.map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** Paths joined at their common beginnings; a path that ends at a node takes all below it. */
interface PathTree {
  ends: boolean;
  readonly below: Map<Key, PathTree>;
}

function pathTree(args: readonly Value[], ctx: BuiltinContext): PathTree {
  const root: PathTree = { ends: false, below: new Map() };
  for (const path of listOperand(args, 1)) {
    const keys = parsePath(path);
    if (!keys) {
      const wanted = "one of {set, array} containing string paths or array of path segments";
      throw operandError(1, `must be ${wanted} but got ${typeName(path)}`);
    }
    ctx.charge(keys.length);
    let node = root;
    for (const key of keys) {
      const slot = keyOf(key);
      const next = node.below.get(slot) ?? { ends: false, below: new Map() };
      node.below.set(slot, next);
      node = next;
    }
    if (node !== root) node.ends = true;
  }
  return root;
}

/** Indexes of arrays are named by their text, as in JSON pointers. */
function nodeAt(tree: PathTree, key: Value | number, inArray: boolean): PathTree | undefined {
  return tree.below.get(inArray ? String(key) : keyOf(key));
}

type Choose = (value: Value, node: PathTree | undefined) => Value | undefined;

/** Rebuilds a value from what `choose` keeps of each of its members. */
function rebuild(value: Value, tree: PathTree, choose: Choose, ctx: BuiltinContext): Value {
  if (isArray(value)) {
    ctx.charge(value.length * MEMBER);
    return value.flatMap((item, i) => {
      const kept = choose(item, nodeAt(tree, i, true));
      return kept === undefined ? [] : [kept];
    });
  }
  if (value instanceof RegoSet) {
    ctx.charge(value.size * ENTRY);
    return RegoSet.of(
      value.sorted().flatMap((item) => {
        const kept = choose(item, nodeAt(tree, item, false));
        return kept === undefined ? [] : [kept];
      }),
    );
  }
  if (!(value instanceof RegoObject)) return value;
  ctx.charge(value.size * ENTRY);
  const builder = new ObjectBuilder();
  for (const [key, item] of value.unsorted()) {
    const kept = choose(item, nodeAt(tree, key, false));
    if (kept !== undefined) builder.set(key, kept);
  }
  return builder.build();
}

function filter(value: Value, tree: PathTree, ctx: BuiltinContext): Value {
  const choose: Choose = (item, node) => {
    if (node === undefined) return undefined;
    return node.ends ? item : rebuild(item, node, choose, ctx);
  };
  return rebuild(value, tree, choose, ctx);
}

function remove(value: Value, tree: PathTree, ctx: BuiltinContext): Value {
  const choose: Choose = (item, node) => {
    if (node === undefined) return item;
    return node.ends ? undefined : rebuild(item, node, choose, ctx);
  };
  return rebuild(value, tree, choose, ctx);
}

const paths = listOf(oneOf(string, arrayOf(any)));

export const jsonPaths: readonly Builtin[] = [
  {
    name: "json.filter",
    params: [object, paths],
    result: any,
    call: (args, ctx) => filter(objectOperand(args, 0), pathTree(args, ctx), ctx),
  },
  {
    name: "json.remove",
    params: [object, paths],
    result: any,
    call: (args, ctx) => remove(objectOperand(args, 0), pathTree(args, ctx), ctx),
  },
];
