import { LimitError, type Position } from "./plan-error.ts";

/** Bounds against hostile HCL. Each is far above what a reviewed blueprint needs. */
export type PlanLimits = {
  maxFileBytes: number;
  maxTotalBytes: number;
  maxFiles: number;
  /** Nesting of expressions, blocks and templates within one file. */
  maxSyntaxDepth: number;
  maxModuleDepth: number;
  maxInstances: number;
  /** Evaluated expression nodes and function element visits together. */
  maxSteps: number;
  maxCollectionLength: number;
  maxStringLength: number;
  maxMilliseconds: number;
};

export const defaultPlanLimits: PlanLimits = {
  maxFileBytes: 1_000_000,
  maxTotalBytes: 20_000_000,
  maxFiles: 3_000,
  maxSyntaxDepth: 150,
  maxModuleDepth: 30,
  maxInstances: 10_000,
  maxSteps: 5_000_000,
  maxCollectionLength: 100_000,
  maxStringLength: 4_000_000,
  maxMilliseconds: 15_000,
};

const maxEvaluationDepth = 1_500;

/** Counts what one plan has used of its limits. */
export class Budget {
  readonly limits: PlanLimits;
  private steps = 0;
  private instances = 0;
  private depth = 0;
  private bytes = 0;
  private readonly deadline: number;
  private readonly now: () => number;

  constructor(limits: Partial<PlanLimits> = {}, now: () => number = () => performance.now()) {
    this.limits = { ...defaultPlanLimits, ...limits };
    this.now = now;
    this.deadline = now() + this.limits.maxMilliseconds;
  }

  step(count = 1, at?: Position): void {
    const before = this.steps;
    this.steps += count;
    if (this.steps > this.limits.maxSteps) throw limit(`more than ${this.limits.maxSteps} evaluation steps`, at);
    const isClockDue = before >> 10 !== this.steps >> 10;
    if (isClockDue && this.now() > this.deadline)
      throw limit(`planning took longer than ${this.limits.maxMilliseconds} ms`, at);
  }

  instance(count: number, at?: Position): void {
    this.instances += count;
    if (this.instances > this.limits.maxInstances)
      throw limit(`more than ${this.limits.maxInstances} resource and module instances`, at);
  }

  collection(length: number, at?: Position): void {
    if (length > this.limits.maxCollectionLength)
      throw limit(`a collection of ${length} elements (at most ${this.limits.maxCollectionLength})`, at);
    this.step(length, at);
  }

  text(length: number, at?: Position): void {
    if (length > this.limits.maxStringLength)
      throw limit(`a string of ${length} characters (at most ${this.limits.maxStringLength})`, at);
    this.bytes += length;
    if (this.bytes > this.limits.maxStringLength * 50) throw limit("too much text built while planning", at);
    this.step(1 + (length >> 8), at);
  }

  /** Runs `work` one level deeper, so that recursion ends in a message and not in a stack overflow. */
  nested<T>(work: () => T, at?: Position): T {
    if (this.depth > maxEvaluationDepth) throw limit("expressions that refer to one another too deeply", at);
    this.depth += 1;
    try {
      return work();
    } finally {
      this.depth -= 1;
    }
  }
}

function limit(what: string, at?: Position): LimitError {
  return new LimitError(
    `The plan was stopped: ${what}.`,
    at,
    "Reduce the module, or ask an operator to raise the limit.",
  );
}
