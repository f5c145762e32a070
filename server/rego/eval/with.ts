import type { RefTerm, Term, With } from "#server/rego/ast.ts";
import { findNode } from "#server/rego/compile/rule-tree.ts";
import { builtinName, functionNode, isDataRef, signatureOf } from "#server/rego/compile/signatures.ts";
import { refText } from "#server/rego/text-of.ts";
import type { Value } from "#server/rego/values/value.ts";
import { hoist } from "./hoist.ts";
import { Cache, type Frame, type Get, type Machine, type Mock, type Mocks } from "./machine.ts";
import { type Mask, maskPath, putPath } from "./overlay.ts";
import type { Plan } from "./plan.ts";
import { compileTerm } from "./terms.ts";

interface State {
  input: Value | undefined;
  data: Value;
  mask: Mask | undefined;
  mocks: Mocks | undefined;
  cache: Cache;
}

/** Changes the state that the expression will see; false if a value is undefined. */
type Change = (state: State, machine: Machine, frame: Frame) => boolean;

/** Adds what `add` adds, under the replacements of `withs`; what comes after sees the state as before. */
export function addWith(plan: Plan, withs: readonly With[], add: (plan: Plan) => void): void {
  if (withs.length === 0) {
    add(plan);
    return;
  }
  const changes = withs.map((modifier) => compileChange(plan, modifier));
  const outerSlot = plan.slots.of(`%w${plan.slots.size}`);
  const inner = plan.inner();
  add(inner);
  for (const name of inner.bound) plan.bound.add(name);
  plan.add((next) => {
    const run = inner.finish((machine, frame) => {
      const modified = save(machine);
      restore(machine, frame[outerSlot] as State);
      const stop = next(machine, frame);
      restore(machine, modified);
      return stop;
    });
    return (machine, frame) => {
      const outer = save(machine);
      const state: State = { ...outer, cache: new Cache() };
      for (const change of changes) if (!change(state, machine, frame)) return false;
      frame[outerSlot] = outer;
      restore(machine, state);
      const stop = run(machine, frame);
      restore(machine, outer);
      return stop;
    };
  });
}

function save({ input, data, mask, mocks, cache }: Machine): State {
  return { input, data, mask, mocks, cache };
}

function restore(machine: Machine, state: State): void {
  machine.input = state.input;
  machine.data = state.data;
  machine.mask = state.mask;
  machine.mocks = state.mocks;
  machine.cache = state.cache;
}

function compileChange(plan: Plan, { target, value }: With): Change {
  const parts = target.type === "ref" ? target.parts : [target];
  const [head] = parts;
  const path = parts.slice(1).map((part) => compileTerm(plan, part));
  if (head?.type === "var" && head.name === "input") {
    return changeDocument(path, compileTerm(plan, hoist(plan, value)), (state, keys, replacement) => {
      state.input = putPath(state.input, keys, replacement);
    });
  }
  const isFunction = !isDataRef(parts) || functionNode(plan.program.root, target as RefTerm) !== undefined;
  if (isFunction) return changeFunction(plan, parts, value);
  return changeDocument(path, compileTerm(plan, hoist(plan, value)), (state, keys, replacement) => {
    state.data = putPath(state.data, keys, replacement);
    state.mask = maskPath(state.mask, keys);
  });
}

function changeDocument(
  path: readonly Get[],
  get: Get,
  put: (state: State, keys: Value[], value: Value) => void,
): Change {
  return (state, machine, frame) => {
    const keys: Value[] = [];
    for (const part of path) {
      const key = part(machine, frame);
      if (key === undefined) return false;
      keys.push(key);
    }
    const value = get(machine, frame);
    if (value === undefined) return false;
    put(state, keys, value);
    return true;
  };
}

function changeFunction(plan: Plan, parts: readonly Term[], value: Term): Change {
  const name = isDataRef(parts) ? refText(parts) : (builtinName(parts) ?? "");
  const fixed = replacement(plan, value);
  const get = fixed === undefined ? compileTerm(plan, hoist(plan, value)) : undefined;
  return (state, machine, frame) => {
    const given = get?.(machine, frame);
    const mock: Mock | undefined = fixed ?? (given === undefined ? undefined : { value: given });
    if (mock === undefined) return false;
    state.mocks = new Map(state.mocks).set(name, mock);
    return true;
  };
}

/** A function or built-in that stands in by name. */
function replacement(plan: Plan, value: Term): Mock | undefined {
  const parts = value.type === "ref" ? value.parts : value.type === "var" ? [value] : [];
  if (isDataRef(parts)) {
    const node = findNode(plan.program.root, parts.slice(1));
    if (node === undefined || node.rules.length === 0) return undefined;
    const definition = plan.program.definitionOf(node);
    return definition.kind === "function" ? { definition } : undefined;
  }
  if (value.type === "var" && plan.bound.has(value.name)) return undefined;
  const name = builtinName(parts);
  return name !== undefined && signatureOf(name) !== undefined ? { builtin: name } : undefined;
}
