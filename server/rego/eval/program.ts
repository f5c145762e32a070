import type { CallTerm, Module, Rule } from "#server/rego/ast.ts";
import type { RuleNode } from "#server/rego/compile/rule-tree.ts";
import { RegoObject } from "#server/rego/values/rego-object.ts";
import type { Value } from "#server/rego/values/value.ts";
import { Definition } from "./definition.ts";
import { ModuleMetadata } from "./module-metadata.ts";

/** Checked modules, ready to run; what was compiled of them so far is kept for every later query. */
export class Program {
  readonly root: RuleNode;
  readonly modules: readonly Module[];
  /** Closures report to the machine's recorder: for explanations and coverage. */
  readonly instrument: boolean;
  private annotations: ModuleMetadata | undefined;
  private readonly definitions = new Map<RuleNode, Definition>();

  constructor(root: RuleNode, modules: readonly Module[], instrument: boolean) {
    this.root = root;
    this.modules = modules;
    this.instrument = instrument;
  }

  definitionOf(node: RuleNode): Definition {
    const known = this.definitions.get(node);
    if (known !== undefined) return known;
    const made = new Definition(this.definitions.size, node, this);
    this.definitions.set(node, made);
    return made;
  }

  isBuiltinPrint(call: CallTerm): boolean {
    return call.operator.parts.length === 1;
  }

  metadata(kind: "rule" | "chain", rule: Rule | undefined): Value {
    this.annotations ??= new ModuleMetadata(this.modules);
    if (rule === undefined) return kind === "rule" ? RegoObject.empty : [];
    return kind === "rule" ? this.annotations.ofRule(rule) : this.annotations.chain(rule);
  }
}
