import type { RefTerm, Term } from "#server/rego/ast.ts";
import { refText } from "#server/rego/text-of.ts";
import type { RuleNode } from "./rule-tree.ts";
import type { RuleTypes } from "./rule-types.ts";
import { isDataRef } from "./signatures.ts";
import type { TypeChecker } from "./type-checker.ts";
import type { TypeEnv } from "./type-env.ts";
import { assignType, hasUnknown } from "./type-patterns.ts";
import { anyType, keysOf, select, stringType, type Type, unifies, valuesOf } from "./types.ts";

/** Types of references: each part must be a key that what stands before can have. */
export class RefTypes {
  private readonly checker: TypeChecker;
  private readonly rules: RuleTypes;

  constructor(checker: TypeChecker, rules: RuleTypes) {
    this.checker = checker;
    this.rules = rules;
  }

  typeOf(ref: RefTerm, env: TypeEnv): Type {
    const [head, ...rest] = ref.parts;
    if (isDataRef(ref.parts)) return this.dataType(ref, env);
    if (head?.type === "var" && head.name === "input") return this.below(anyType, rest, { ref, env });
    return this.below(this.checker.typeOf(head as Term, env), rest, { ref, env });
  }

  private refuse(ref: RefTerm): Type {
    this.checker.refuse(ref.loc, `undefined ref: ${refText(ref.parts)}`);
    return anyType;
  }

  private below(start: Type, parts: readonly Term[], { ref, env }: { ref: RefTerm; env: TypeEnv }): Type {
    let type = start;
    for (const part of parts) {
      const next = this.step(type, part, env);
      if (next === undefined) return this.refuse(ref);
      type = next;
    }
    return type;
  }

  private step(type: Type, part: Term, env: TypeEnv): Type | undefined {
    const keys = keysOf(type);
    if (keys === undefined) return undefined;
    if (part.type === "scalar") return select(type, part.value);
    const fits = hasUnknown(part, env)
      ? assignType(this.checker, part, keys, env)
      : unifies(this.checker.typeOf(part, env), keys);
    return fits ? (valuesOf(type) ?? anyType) : undefined;
  }

  private dataType(ref: RefTerm, env: TypeEnv): Type {
    let node: RuleNode | undefined = this.checker.root;
    const path = ref.parts.slice(1);
    for (const [i, part] of path.entries()) {
      if (part.type !== "scalar") return this.packageType(path.slice(i), ref, env);
      node = node.child(part.value);
      if (node === undefined) return this.below(anyType, path.slice(i + 1), { ref, env });
      if (node.isFunction) return this.refuse(ref);
      if (node.rules.length === 0) continue;
      const rest = path.slice(i + 1);
      return this.below(this.rules.documentType(node), rest, { ref, env });
    }
    return anyType;
  }

  /** A package's documents have names for keys; what they are is left open. */
  private packageType(parts: readonly Term[], ref: RefTerm, env: TypeEnv): Type {
    const [first, ...rest] = parts;
    const part = first as Term;
    const fits = hasUnknown(part, env)
      ? assignType(this.checker, part, stringType, env)
      : unifies(this.checker.typeOf(part, env), stringType);
    return fits ? this.below(anyType, rest, { ref, env }) : this.refuse(ref);
  }
}
