import type { Type } from "./types.ts";

/** The types of variables; an inner scope sees the outer ones. */
export class TypeEnv {
  private readonly types = new Map<string, Type>();
  private readonly outer: TypeEnv | undefined;

  constructor(outer?: TypeEnv) {
    this.outer = outer;
  }

  get(name: string): Type | undefined {
    return this.types.get(name) ?? this.outer?.get(name);
  }

  set(name: string, type: Type): void {
    this.types.set(name, type);
  }
}
