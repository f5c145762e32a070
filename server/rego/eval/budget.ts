/** What an evaluation may use before it is stopped with `eval_cancel_error`. */
export interface Budget {
  /** Iterations, calls and rule evaluations, and what built-ins charge. */
  steps: number;
  wallMs: number;
  /** Rules and functions evaluated inside one another. */
  depth: number;
  /** Members of any one collection a policy builds. */
  collection: number;
}

export const defaultBudget: Budget = { steps: 50_000_000, wallMs: 5_000, depth: 1_000, collection: 500_000 };

export class BudgetExceeded extends Error {
  constructor(message: string) {
    super(message);
    this.name = "BudgetExceeded";
  }
}

const stepsPerMember = 8;
const stepsBetweenClocks = 2_048;

/** Counts steps down; looks at the clock now and then. */
export class Fuel {
  readonly budget: Budget;
  private left: number;
  private total: number;
  private readonly deadline: number;

  constructor(budget: Budget) {
    this.budget = budget;
    this.total = budget.steps;
    this.left = Math.min(stepsBetweenClocks, this.total);
    this.total -= this.left;
    this.deadline = performance.now() + budget.wallMs;
  }

  tick(): void {
    if (--this.left < 0) this.refill(1);
  }

  charge(amount: number): void {
    this.left -= amount;
    if (this.left < 0) this.refill(-this.left);
  }

  private refill(owed: number): void {
    this.total -= owed;
    if (this.total < 0) throw new BudgetExceeded(`the budget of ${this.budget.steps} steps is spent`);
    if (performance.now() > this.deadline)
      throw new BudgetExceeded(`evaluation took longer than ${this.budget.wallMs} ms`);
    this.left = Math.min(stepsBetweenClocks, this.total);
    this.total -= this.left;
  }

  get used(): number {
    return this.budget.steps - this.total - Math.max(this.left, 0);
  }

  /** A collection has one member more: it costs memory, so it costs steps. */
  grow(size: number): void {
    this.charge(stepsPerMember);
    if (size > this.budget.collection)
      throw new BudgetExceeded(`a collection has more than ${this.budget.collection} members`);
  }
}
