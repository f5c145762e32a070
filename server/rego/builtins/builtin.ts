import type { Value } from "#server/rego/values/value.ts";
import type { TypeSpec } from "./type-spec.ts";

/** What a built-in may know beyond its operands; nothing else of the world reaches it. */
export interface BuiltinContext {
  /** The instant of the query: the same for every call within it. */
  readonly nowNs: bigint;
  /** In [0, 1). */
  random(): number;
  /** IANA name that stands for "Local". */
  readonly timeZone: string;
  /** Lives as long as the query: answers that must not change within it. */
  readonly cache: Map<string, unknown>;
  /** Pays for work and output beyond a fixed cost; throws when the budget is spent. */
  charge(amount: number): void;
}

export interface Signature {
  readonly params: readonly TypeSpec[];
  readonly result: TypeSpec;
  /** Any number of further operands of the last parameter's type. */
  readonly variadic?: boolean;
}

interface BuiltinBase extends Signature {
  readonly name: string;
  /** False where the same operands may give another answer: clock, randomness. */
  readonly deterministic?: boolean;
  /** Known in v0 modules only, and refused as deprecated in v1. */
  readonly deprecated?: boolean;
}

export interface FunctionBuiltin extends BuiltinBase {
  readonly relation?: false;
  /** `undefined` is the undefined answer; failing throws `BuiltinError`. */
  call(args: readonly Value[], ctx: BuiltinContext): Value | undefined;
}

/** A built-in with many answers for one call (`walk`), in order. */
export interface RelationBuiltin extends BuiltinBase {
  readonly relation: true;
  call(args: readonly Value[], ctx: BuiltinContext): Iterable<Value>;
}

export type Builtin = FunctionBuiltin | RelationBuiltin;
