import type { Budget } from "#server/plan/limits.ts";
import type { Position } from "#server/plan/plan-error.ts";
import type { SourceFiles } from "#server/plan/source-files.ts";
import type { Value } from "#server/plan/value/value.ts";

/** Something that a reference passes through but that is no value itself, such as `var` or `data.aws_ami`. */
export type Namespace = {
  readonly namespace: string;
  get(name: string, at: Position): Value | Namespace;
  /** The whole as one value, where the language allows that. */
  value?(): Value;
};

export const isNamespace = (found: Value | Namespace): found is Namespace => "namespace" in found;

/** What every expression of one module is evaluated in. */
export type EvaluationContext = {
  readonly budget: Budget;
  readonly files: SourceFiles;
  /** The module's folder, which relative paths of the filesystem functions do not start at; `path.module` is. */
  readonly modulePath: string;
  readonly rootPath: string;
  readonly templateDepth?: number;
  resolve(name: string, at: Position): Value | Namespace;
};

/** Names visible to one expression: those of the module, and the local ones of `for`, `each`, `count`, templates and splats. */
export class Scope {
  readonly context: EvaluationContext;
  private readonly names: ReadonlyMap<string, Value | Namespace>;
  private readonly parent: Scope | undefined;

  constructor(context: EvaluationContext, names: ReadonlyMap<string, Value | Namespace> = new Map(), parent?: Scope) {
    this.context = context;
    this.names = names;
    this.parent = parent;
  }

  child(names: Record<string, Value | Namespace | undefined>): Scope {
    const entries = Object.entries(names).filter(
      (entry): entry is [string, Value | Namespace] => entry[1] !== undefined,
    );
    return new Scope(this.context, new Map(entries), this);
  }

  find(name: string, at: Position): Value | Namespace {
    return this.findLocal(name) ?? this.context.resolve(name, at);
  }

  findLocal(name: string): Value | Namespace | undefined {
    return this.names.get(name) ?? this.parent?.findLocal(name);
  }
}
