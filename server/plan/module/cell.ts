import { PlanError, type Position } from "#server/plan/plan-error.ts";

/** A value computed when first asked for; asking for it while it is being computed is a cycle. */
export class Cell<T> {
  private state: "waiting" | "computing" | "done" = "waiting";
  private value: T | undefined;
  private failure: unknown;
  private readonly compute: () => T;
  private readonly name: string;

  constructor(name: string, compute: () => T) {
    this.name = name;
    this.compute = compute;
  }

  get(at?: Position): T {
    if (this.state === "computing")
      throw new PlanError(`${this.name} refers to itself, directly or through others.`, at);
    if (this.state === "waiting") this.run();
    if (this.failure !== undefined) throw this.failure;
    return this.value as T;
  }

  private run(): void {
    this.state = "computing";
    try {
      this.value = this.compute();
    } catch (error) {
      this.failure = error;
    }
    this.state = "done";
  }
}
