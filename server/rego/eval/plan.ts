import { type Rule, type Term, variable } from "#server/rego/ast.ts";
import { addVars } from "#server/rego/compile/safe-vars.ts";
import type { Location } from "#server/rego/errors.ts";
import type { Link, Step } from "./machine.ts";
import type { Program } from "./program.ts";

/** Where the variables of one rule live in its frame; slot 0 is the result's. */
export class Slots {
  private readonly byName = new Map<string, number>();
  size = 1;
  /** The rule these are of; none for a query. */
  readonly rule: Rule | undefined;

  constructor(rule?: Rule) {
    this.rule = rule;
  }

  of(name: string): number {
    const known = this.byName.get(name);
    if (known !== undefined) return known;
    this.byName.set(name, this.size);
    return this.size++;
  }

  /** Lets a name live in a slot that is filled already. */
  alias(name: string, slot: number): void {
    this.byName.set(name, slot);
  }

  reserve(count: number): void {
    this.size += count;
  }
}

/**
 * A body on its way to closures. Because safety has ordered it, which variables are bound is known at
 * every place: binding is an assignment to a slot, and no trail has to be undone.
 */
export class Plan {
  readonly program: Program;
  readonly slots: Slots;
  readonly bound: Set<string>;
  private readonly links: Link[] = [];

  constructor(program: Program, slots: Slots, bound: Iterable<string> = []) {
    this.program = program;
    this.slots = slots;
    this.bound = new Set(bound);
  }

  /** For a closure or a negation: sees what is bound, keeps what it binds to itself. */
  inner(): Plan {
    return new Plan(this.program, this.slots, this.bound);
  }

  add(link: Link): void {
    this.links.push(link);
  }

  bind(name: string): number {
    this.bound.add(name);
    return this.slots.of(name);
  }

  temporary(loc: Location): Extract<Term, { type: "var" }> {
    return variable(`%t${this.slots.size}`, loc);
  }

  hasUnbound(term: Term): boolean {
    const names = new Set<string>();
    addVars(term, names);
    for (const name of names) if (!this.bound.has(name) && name !== "input" && name !== "data") return true;
    return false;
  }

  finish(last: Step): Step {
    return this.links.reduceRight((next, link) => link(next), last);
  }
}
