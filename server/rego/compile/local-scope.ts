export type Occurrence = "seen" | "assigned" | "declared" | "argument";

interface Scope {
  names: Map<string, string>;
  occurrence: Map<string, Occurrence>;
  count: Map<string, number>;
}

const redeclared: Readonly<Record<Occurrence, (name: string) => string>> = {
  seen: (name) => `var ${name} referenced above`,
  assigned: (name) => `var ${name} assigned above`,
  declared: (name) => `var ${name} declared above`,
  argument: (name) => `arg ${name} redeclared`,
};

/** The nested scopes of one rule while its locals get names of their own. */
export class LocalScopes {
  private readonly scopes: Scope[] = [newScope()];
  private readonly next: () => number;

  constructor(next: () => number) {
    this.next = next;
  }

  push(): void {
    this.scopes.push(newScope());
  }

  pop(): void {
    this.scopes.pop();
  }

  get top(): Scope {
    return this.scopes.at(-1) as Scope;
  }

  /** Gives `name` a fresh name in the innermost scope, or says why it may not have one. */
  declare(name: string, occurrence: Occurrence): { fresh: string } | { refused: string } {
    const before = this.top.occurrence.get(name);
    if (before !== undefined) return { refused: redeclared[before](name) };
    const fresh = name.startsWith("$") ? name : `${name}%${this.next()}`;
    this.insert(name, fresh, occurrence);
    return { fresh };
  }

  insert(name: string, fresh: string, occurrence: Occurrence): void {
    this.top.names.set(name, fresh);
    this.top.occurrence.set(name, occurrence);
    this.top.count.set(name, 1);
  }

  find(name: string): string | undefined {
    for (let i = this.scopes.length - 1; i >= 0; i--) {
      const fresh = this.scopes[i]?.names.get(name);
      if (fresh !== undefined) return fresh;
    }
    return undefined;
  }

  /** The name a use of `name` stands for; the use is counted. */
  use(name: string): string {
    const fresh = this.find(name);
    if (fresh === undefined) {
      this.insert(name, name, "seen");
      return name;
    }
    for (let i = this.scopes.length - 1; i >= 0; i--) {
      const scope = this.scopes[i];
      const count = scope?.count.get(name);
      if (count === undefined) continue;
      scope?.count.set(name, count + 1);
      break;
    }
    return fresh;
  }

  isShadowed(name: string): boolean {
    const fresh = this.find(name);
    return fresh !== undefined && fresh !== name;
  }
}

function newScope(): Scope {
  return { names: new Map(), occurrence: new Map(), count: new Map() };
}
