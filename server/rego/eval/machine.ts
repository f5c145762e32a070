import type { BuiltinContext } from "#server/rego/builtins/builtin.ts";
import type { RuleNode } from "#server/rego/compile/rule-tree.ts";
import type { Location, RegoErrorCode } from "#server/rego/errors.ts";
import { RegoErrors, regoError } from "#server/rego/errors.ts";
import type { Value } from "#server/rego/values/value.ts";
import { BudgetExceeded, type Fuel } from "./budget.ts";
import type { Definition } from "./definition.ts";
import type { Mask } from "./overlay.ts";
import type { Recorder } from "./recorder.ts";

/** The variables of one rule evaluation. Slot 0 holds what the rule has given so far. */
export type Frame = unknown[];
export type Get = (machine: Machine, frame: Frame) => Value | undefined;
/** Runs the rest of a body once for each solution; true stops the search. */
export type Step = (machine: Machine, frame: Frame) => boolean;
/** Goes on with a value at hand. */
export type Walk = (machine: Machine, frame: Frame, value: Value) => boolean;
export type Link = (next: Step) => Step;

export type Mock = { value: Value } | { definition: Definition } | { builtin: string };
export type Mocks = ReadonlyMap<string, Mock>;

/** Results of rules and functions by definition; one per frame of `with`. */
export class Cache {
  readonly results: (Value | typeof undefinedResult | undefined)[] = [];
  readonly functions: (Map<unknown, unknown> | undefined)[] = [];
  /** Packages and what else the rule tree merges with base data. */
  readonly extents = new Map<RuleNode, Value>();
  /** Partial rules whose whole document conflicts, though what was asked for need not. */
  readonly refused = new Set<number>();
  private readonly keyed: Map<unknown, Value>[][] = [];
  private forMocked: Cache | undefined;

  /** Parts of partial documents, by as many keys as were given. */
  keyedFor(definition: number, count: number): Map<unknown, Value> {
    this.keyed[definition] ??= [];
    const byCount = this.keyed[definition];
    byCount[count] ??= new Map();
    return byCount[count];
  }

  /** Inside a replacement no replacement is in force: its results are others'. */
  get unmocked(): Cache {
    this.forMocked ??= new Cache();
    return this.forMocked;
  }
}

export const undefinedResult = Symbol("undefined");

export interface Print {
  text: string;
  file: string;
  row: number;
}

/** What evaluation of one query goes by: the documents, replacements in force, results so far, budget. */
export class Machine {
  input: Value | undefined;
  data: Value;
  mask: Mask | undefined = undefined;
  mocks: Mocks | undefined = undefined;
  cache = new Cache();
  depth = 0;
  readonly prints: Print[] = [];
  /** The cases of parameterised tests that were reached. */
  readonly cases: Value[] = [];
  readonly fuel: Fuel;
  readonly context: BuiltinContext;
  readonly strict: boolean;
  readonly recorder: Recorder | undefined;

  constructor(options: {
    input: Value | undefined;
    data: Value;
    fuel: Fuel;
    context: BuiltinContext;
    strict: boolean;
    recorder: Recorder | undefined;
  }) {
    this.input = options.input;
    this.data = options.data;
    this.fuel = options.fuel;
    this.context = options.context;
    this.strict = options.strict;
    this.recorder = options.recorder;
  }

  enter(): void {
    this.fuel.tick();
    if (++this.depth > this.fuel.budget.depth) {
      throw new BudgetExceeded(`rules are nested more than ${this.fuel.budget.depth} deep`);
    }
  }
}

export function evalError(code: RegoErrorCode, loc: Location, message: string): RegoErrors {
  return new RegoErrors([regoError(code, loc, message)]);
}
