import type { Term } from "#server/rego/ast.ts";
import type { RuleNode } from "#server/rego/compile/rule-tree.ts";
import type { Value } from "#server/rego/values/value.ts";
import { extent, keysBelow, type Place, placeBelow, rootPlace, ruleDocument } from "./documents.ts";
import { compileParts, type Part, walkParts } from "./iterate.ts";
import { lookup } from "./lookup.ts";
import type { Frame, Get, Machine, Step, Walk } from "./machine.ts";
import type { Plan } from "./plan.ts";
import type { Program } from "./program.ts";
import { recordedLookups } from "./recorded-refs.ts";
import { compileLookups } from "./refs.ts";
import { evalComplete } from "./rules.ts";
import { compileTerm } from "./terms.ts";

/** How far the constant beginning of a path leads into the rule tree. */
function staticNode(root: RuleNode, path: readonly Term[]): { node: RuleNode | undefined; used: number } {
  let node: RuleNode = root;
  let used = 0;
  while (used < path.length && node.rules.length === 0) {
    const part = path[used] as Term;
    if (part.type !== "scalar") return { node, used };
    const child = node.child(part.value);
    used++;
    if (child === undefined) return { node: undefined, used };
    node = child;
  }
  return { node, used };
}

/** A reference below `data` whose every part is bound. */
export function compileDataRef(plan: Plan, path: readonly Term[]): Get {
  const { program } = plan;
  const { node, used } = staticNode(program.root, path);
  const isNamed = path.every((part) => part.type === "scalar" && typeof part.value === "string");
  if (node === undefined && isNamed) {
    const start: Get = (machine) => machine.data;
    return program.instrument
      ? recordedLookups(start, plan, { rest: path, path: "data" })
      : compileLookups(start, plan, path);
  }
  const keys = path.map((part) => compileTerm(plan, part));
  const anywhere: Get = (machine, frame) => {
    const values = keyValues(keys, machine, frame);
    return values === undefined ? undefined : resolve(machine, program, values);
  };
  if (node === undefined || node.rules.length === 0) return anywhere;
  const inside = ruleLookup(plan, node, path.slice(used));
  return (machine, frame) => (machine.mask === undefined ? inside(machine, frame) : anywhere(machine, frame));
}

function keyValues(keys: readonly Get[], machine: Machine, frame: Frame): Value[] | undefined {
  const values: Value[] = [];
  for (const key of keys) {
    const value = key(machine, frame);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

function ruleLookup(plan: Plan, node: RuleNode, rest: readonly Term[]): Get {
  const { program } = plan;
  const definition = program.definitionOf(node);
  if (definition.kind === "complete") return compileLookups((machine) => evalComplete(machine, definition), plan, rest);
  const keys = rest.map((part) => compileTerm(plan, part));
  return (machine, frame) => {
    const values = keyValues(keys, machine, frame);
    const document = values && ruleDocument(machine, program, { node, keys: values });
    return document === undefined ? undefined : down(document, values as Value[], 0);
  };
}

function down(start: Value, keys: readonly Value[], from: number): Value | undefined {
  let value: Value | undefined = start;
  for (let i = from; i < keys.length && value !== undefined; i++) value = lookup(value, keys[i] as Value);
  return value;
}

/** Whatever stands at a path of `data`, rules and replacements heeded. */
export function resolve(machine: Machine, program: Program, keys: readonly Value[]): Value | undefined {
  let place = rootPlace(machine, program);
  for (let i = 0; i < keys.length; i++) {
    place = placeBelow(place, keys[i] as Value);
    if (place.node === undefined) continue;
    if (place.node.rules.length === 0) continue;
    const rest = keys.slice(i + 1);
    const document = ruleDocument(machine, program, { node: place.node, keys: rest });
    return document === undefined ? undefined : down(document, rest, 0);
  }
  return extent(machine, program, place);
}

/** A reference below `data` with unbound variables: visits every value it has. */
export function dataWalk(plan: Plan, path: readonly Term[]): (done: Walk) => Step {
  const { program } = plan;
  const parts = compileParts(plan, path);
  return (done) => {
    const walker = new DataWalker(program, parts, done);
    return (machine, frame) => walker.walk(machine, frame, { place: rootPlace(machine, program), at: 0 });
  };
}

class DataWalker {
  private readonly program: Program;
  private readonly parts: readonly Part[];
  private readonly done: Walk;
  /** For each part, how to go on from a plain value. */
  private readonly onValue: Walk[];

  constructor(program: Program, parts: readonly Part[], done: Walk) {
    this.program = program;
    this.parts = parts;
    this.done = done;
    this.onValue = parts.map((_, i) => walkParts(parts.slice(i), done, program.instrument));
    this.onValue.push(done);
  }

  walk(machine: Machine, frame: Frame, { place, at }: { place: Place; at: number }): boolean {
    const { node, base } = place;
    if (node === undefined) return base !== undefined && (this.onValue[at] as Walk)(machine, frame, base);
    if (node.rules.length > 0) return this.walkRules(machine, frame, { node, at });
    const part = this.parts[at];
    if (part === undefined) {
      const value = extent(machine, this.program, place);
      return value !== undefined && this.done(machine, frame, value);
    }
    if ("known" in part) {
      const key = part.known(machine, frame);
      return key !== undefined && this.walk(machine, frame, { place: placeBelow(place, key), at: at + 1 });
    }
    for (const key of keysBelow(place)) {
      machine.fuel.tick();
      if ("slot" in part) frame[part.slot] = key;
      else if (!part.match(machine, frame, key)) continue;
      if (this.walk(machine, frame, { place: placeBelow(place, key), at: at + 1 })) return true;
    }
    return false;
  }

  private walkRules(machine: Machine, frame: Frame, { node, at }: { node: RuleNode; at: number }): boolean {
    const keys: Value[] = [];
    for (const part of this.parts.slice(at)) {
      if (!("known" in part)) break;
      const key = part.known(machine, frame);
      if (key === undefined) return false;
      keys.push(key);
    }
    const document = ruleDocument(machine, this.program, { node, keys });
    return document !== undefined && (this.onValue[at] as Walk)(machine, frame, document);
  }
}
