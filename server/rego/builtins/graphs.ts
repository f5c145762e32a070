import { RegoObject } from "#server/rego/values/rego-object.ts";
import { RegoSet, SetBuilder } from "#server/rego/values/rego-set.ts";
import { isArray, type Value } from "#server/rego/values/value.ts";
import type { Builtin, BuiltinContext } from "./builtin.ts";
import { ENTRY } from "./cost.ts";
import { listOperand, objectOperand, operand } from "./operands.ts";
import { any, array, listOf, objectOf, oneOf, set, setOf, tupleOf } from "./type-spec.ts";

/** Neighbours of a node; none if its edges are no list, undefined if the graph does not know it. */
function edgesOf(graph: RegoObject, node: Value): readonly Value[] | undefined {
  const edges = graph.get(node);
  if (edges === undefined) return undefined;
  if (isArray(edges)) return edges;
  return edges instanceof RegoSet ? edges.sorted() : [];
}

function reachable(graph: RegoObject, initial: readonly Value[], ctx: BuiltinContext): Value {
  const reached = new SetBuilder();
  const queue = [...initial];
  for (let at = 0; at < queue.length; at++) {
    ctx.charge(ENTRY);
    const node = queue[at] as Value;
    if (reached.has(node)) continue;
    const edges = edgesOf(graph, node);
    if (!edges) continue;
    reached.add(node);
    for (const neighbour of edges) if (!reached.has(neighbour)) queue.push(neighbour);
  }
  return reached.build();
}

/** Collects the paths that end: at a leaf, before a cycle closes, or before a node the graph does not know. */
class PathFinder {
  readonly found = new SetBuilder();
  private readonly graph: RegoObject;
  private readonly ctx: BuiltinContext;

  constructor(graph: RegoObject, ctx: BuiltinContext) {
    this.graph = graph;
    this.ctx = ctx;
  }

  follow(node: Value, before: readonly Value[]): void {
    this.ctx.charge((1 + before.length) * ENTRY);
    const edges = edgesOf(this.graph, node);
    if (!edges) {
      if (before.length > 0) this.found.add(before);
      return;
    }
    const path = [...before, node];
    if (edges.length === 0) this.found.add(path);
    const passed = RegoSet.of(path);
    for (const neighbour of edges) {
      if (passed.has(neighbour)) this.found.add(path);
      else this.follow(neighbour, path);
    }
  }
}

const graphType = objectOf(any, listOf(any));

export const graphs: readonly Builtin[] = [
  {
    name: "graph.reachable",
    params: [graphType, oneOf(array, set)],
    result: set,
    call: (args, ctx) => reachable(objectOperand(args, 0), listOperand(args, 1, "{array, set}"), ctx),
  },
  {
    name: "graph.reachable_paths",
    params: [graphType, oneOf(array, set)],
    result: setOf(array),
    call: (args, ctx) => {
      const finder = new PathFinder(objectOperand(args, 0), ctx);
      for (const node of listOperand(args, 1, "{array, set}")) finder.follow(node, []);
      return finder.found.build();
    },
  },
  {
    name: "walk",
    params: [any],
    result: tupleOf(array, any),
    relation: true,
    call: (args, ctx) => walk(operand(args, 0), ctx),
  },
];

/** Every value inside with the path to it, the whole first, depth first. */
export function* walk(root: Value, ctx: BuiltinContext): Generator<Value> {
  const open: [path: readonly Value[], value: Value][] = [[[], root]];
  for (let entry = open.pop(); entry; entry = open.pop()) {
    ctx.charge(1);
    yield entry;
    const [path, value] = entry;
    if (value === null || typeof value !== "object") continue;
    if (isArray(value)) {
      for (let i = value.length - 1; i >= 0; i--) open.push([[...path, i], value[i] as Value]);
    } else if (value instanceof RegoObject) {
      const keys = value.keys();
      for (let i = keys.length - 1; i >= 0; i--) {
        const key = keys[i] as Value;
        open.push([[...path, key], value.get(key) as Value]);
      }
    } else if (value instanceof RegoSet) {
      for (const member of [...value.sorted()].reverse()) open.push([[...path, member], member]);
    }
  }
}
