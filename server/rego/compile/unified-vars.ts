import type { Term } from "#server/rego/ast.ts";
import { addVars, type Names } from "./safe-vars.ts";

/** The variables `a = b` binds, given those that are bound: what each side learns from the other. */
export function unifiedVars(a: Term, b: Term, safe: Names): Set<string> {
  const unifier = new Unifier(safe);
  unifier.unify(a, b);
  return unifier.found;
}

class Unifier {
  readonly found = new Set<string>();
  private readonly safe: Names;
  /** For each variable still unknown, the variables its value waits for. */
  private readonly waiting = new Map<string, Set<string>>();

  constructor(safe: Names) {
    this.safe = safe;
  }

  private isKnown(name: string): boolean {
    return this.safe.has(name) || this.found.has(name) || name === "input" || name === "data";
  }

  private unknownIn(term: Term): string[] {
    const names = new Set<string>();
    addVars(term, names);
    return [...names].filter((name) => !this.isKnown(name));
  }

  unify(a: Term, b: Term): void {
    if (a.type === "var") {
      this.variable(a.name, b);
      return;
    }
    if (b.type === "var") {
      this.variable(b.name, a);
      return;
    }
    if (a.type === "array" && b.type === "array") {
      if (a.items.length !== b.items.length) return;
      for (const [i, item] of a.items.entries()) this.unify(item, b.items[i] as Term);
      return;
    }
    if (a.type === "object" && b.type === "object") {
      this.objects(a, b);
      return;
    }
    if (isPattern(a)) this.pattern(a, b);
    else if (isPattern(b)) this.pattern(b, a);
  }

  private variable(name: string, other: Term): void {
    if (other.type === "var") {
      if (this.isKnown(other.name)) this.markKnown(name);
      else if (this.isKnown(name)) this.markKnown(other.name);
      else if (name !== other.name) {
        this.await(name, other.name);
        this.await(other.name, name);
      }
      return;
    }
    if (isPattern(other)) {
      if (this.isKnown(name)) {
        this.markPattern(other);
        return;
      }
      const unknown = this.unknownIn(other);
      if (unknown.length === 0) this.markKnown(name);
      for (const waited of unknown) this.await(name, waited);
      return;
    }
    if (this.unknownIn(other).length === 0) this.markKnown(name);
  }

  /** A collection against something that is none: bound in full once the other side is known. */
  private pattern(pattern: Term, other: Term): void {
    if (this.unknownIn(other).length === 0) this.markPattern(pattern);
  }

  private objects(a: Extract<Term, { type: "object" }>, b: Extract<Term, { type: "object" }>): void {
    if (a.entries.length !== b.entries.length) return;
    for (const [key, value] of a.entries) {
      const other = b.entries.find(([candidate]) => sameKey(candidate, key));
      if (other !== undefined) this.unify(value, other[1]);
    }
  }

  private markPattern(pattern: Term): void {
    if (pattern.type === "var") this.markKnown(pattern.name);
    else if (pattern.type === "array") for (const item of pattern.items) this.markPattern(item);
    else if (pattern.type === "object") for (const [, value] of pattern.entries) this.markPattern(value);
  }

  private await(name: string, waited: string): void {
    const names = this.waiting.get(name) ?? new Set();
    this.waiting.set(name, names.add(waited));
  }

  private markKnown(name: string): void {
    if (this.isKnown(name)) return;
    this.found.add(name);
    const waited = this.waiting.get(name);
    this.waiting.delete(name);
    for (const other of waited ?? []) this.markKnown(other);
    for (const [other, names] of this.waiting) {
      if (names.delete(name) && names.size === 0) {
        this.waiting.delete(other);
        this.markKnown(other);
      }
    }
  }
}

function isPattern(term: Term): boolean {
  return term.type === "array" || term.type === "object";
}

function sameKey(a: Term, b: Term): boolean {
  if (a.type === "scalar" && b.type === "scalar") return a.value === b.value;
  return a.type === "var" && b.type === "var" && a.name === b.name;
}
