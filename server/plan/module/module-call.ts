import { evaluate } from "#server/plan/eval/evaluate.ts";
import type { Namespace, Scope } from "#server/plan/eval/scope.ts";
import { asReference } from "#server/plan/hcl/references.ts";
import { LimitError, PlanError, type Position } from "#server/plan/plan-error.ts";
import { resolvePath } from "#server/plan/source-files.ts";
import { ANY } from "#server/plan/value/type.ts";
import { object, tuple, unknown, type Value } from "#server/plan/value/value.ts";
import { Cell } from "./cell.ts";
import { type ExpandedInstance, type Expansion, expand, type InstanceKey, keySuffix } from "./expansion.ts";
import { ModuleInstance } from "./module-instance.ts";
import { literalText, type ModuleSource, type NamedBlock } from "./module-source.ts";
import { inheritedProviders } from "./provider-view.ts";

const metaArguments = new Set(["source", "version", "count", "for_each", "providers", "depends_on"]);

/** A `module` block of one module instance, with the child instances it makes. */
export class ModuleCall {
  readonly block: NamedBlock;
  readonly address: string;
  private readonly parent: ModuleInstance;
  private readonly made: Cell<Map<InstanceKey, ModuleInstance>>;
  readonly expansion: Cell<Expansion>;

  constructor(parent: ModuleInstance, block: NamedBlock) {
    this.parent = parent;
    this.block = block;
    this.address = parent.prefix(`module.${block.name}`);
    this.expansion = new Cell(this.address, () => expand(block.body, parent.scope));
    this.made = new Cell(this.address, () => this.makeInstances());
  }

  get sourceText(): string {
    const source = literalText(this.block.body.attributes.get("source")?.expression);
    if (source === undefined)
      throw new PlanError(`The source of module "${this.block.name}" must be a plain string.`, this.block.at);
    return source;
  }

  /** The source for screens and plans, without credentials that a Git address may carry. */
  get displaySource(): string {
    return this.sourceText.replace(/\/\/[^/@\s]*@/, "//");
  }

  /** A remote module is named, never fetched. */
  get isLocal(): boolean {
    return /^\.\.?(?:\/|$)/.test(this.sourceText);
  }

  /** Why nothing inside can be planned, or undefined where it can. */
  get hiddenReason(): string | undefined {
    if (!this.isLocal) return `${this.address} comes from ${this.displaySource}, which only a real plan fetches`;
    const { hidden } = this.expansion.get();
    return hidden === undefined ? undefined : `the number of instances of ${this.address} is not known: ${hidden}`;
  }

  instances(): ReadonlyMap<InstanceKey, ModuleInstance> {
    return this.made.get();
  }

  loadSource(): ModuleSource {
    const path = resolvePath(this.parent.source.path, this.sourceText);
    if (path === undefined)
      throw new PlanError(
        `The module "${this.block.name}" lies outside of the grain's source.`,
        this.block.at,
        "Point the grain at a folder that holds all its modules.",
      );
    return this.parent.settings.load(path);
  }

  /** What `module.name` refers to. Outputs are evaluated one by one, so that modules may use each other's. */
  reference(at: Position): Value | Namespace {
    const hidden = this.hiddenReason;
    if (hidden !== undefined) return unknown(ANY, hidden);
    const { kind } = this.expansion.get(at);
    const instances = [...this.instances()].map(([key, instance]) => [key, outputsOf(instance)] as const);
    if (kind === "single") return instances[0]![1];
    const byKey = new Map(instances.map(([key, outputs]) => [String(key), outputs]));
    const items = () => [...byKey].map(([key, outputs]) => [key, outputs.value!()] as const);
    return {
      namespace: this.address,
      get: (key, place) => byKey.get(key) ?? missing(`${this.address} has no instance "${key}".`, place),
      value: () => (kind === "count" ? tuple(items().map(([, value]) => value)) : object(items())),
    };
  }

  private makeInstances(): Map<InstanceKey, ModuleInstance> {
    const made = new Map<InstanceKey, ModuleInstance>();
    if (this.hiddenReason !== undefined) return made;
    if (this.parent.depth >= this.parent.settings.budget.limits.maxModuleDepth)
      throw new LimitError(
        `Modules are nested more than ${this.parent.depth} levels deep.`,
        this.block.at,
        "A module may be calling itself.",
      );
    const source = this.loadSource();
    this.checkArguments(source);
    for (const instance of this.expansion.get().instances) made.set(instance.key, this.makeInstance(source, instance));
    return made;
  }

  private makeInstance(source: ModuleSource, instance: ExpandedInstance): ModuleInstance {
    const scope = this.parent.scope.child(instance.names);
    return new ModuleInstance({
      settings: this.parent.settings,
      source,
      address: this.address + keySuffix(instance.key),
      depth: this.parent.depth + 1,
      inputFor: (name) => this.inputFor(name, scope),
      providers: (self) => inheritedProviders({ parent: this.parent, self, passed: this.passedProviders() }),
    });
  }

  private inputFor(name: string, scope: Scope) {
    const attribute = this.block.body.attributes.get(name);
    if (!attribute || metaArguments.has(name)) return undefined;
    return { value: evaluate(attribute.expression, scope), at: attribute.at };
  }

  private checkArguments(source: ModuleSource): void {
    for (const [name, attribute] of this.block.body.attributes)
      if (!metaArguments.has(name) && !source.variables.has(name))
        throw new PlanError(
          `The module "${this.block.name}" has no variable "${name}".`,
          attribute.at,
          "Declare it in the module, or remove the argument.",
        );
  }

  /** `providers = { aws.target = aws.west }`, by the child's key. */
  private passedProviders(): ReadonlyMap<string, string> | undefined {
    const expression = this.block.body.attributes.get("providers")?.expression;
    if (expression?.kind !== "object") return undefined;
    const passed = new Map<string, string>();
    for (const { key, value } of expression.items)
      passed.set(literalText(key) ?? referenceKey(key), literalText(value) ?? referenceKey(value));
    return passed;
  }
}

export function referenceKey(expression: Parameters<typeof asReference>[0]): string {
  const reference = asReference(expression);
  if (!reference) throw new PlanError("A provider is named like aws or aws.west.", expression.at);
  return [
    reference.root,
    ...reference.steps.map((step) => (step.kind === "attribute" ? step.name : String(step.key))),
  ].join(".");
}

function missing(message: string, at: Position): never {
  throw new PlanError(message, at);
}

function outputsOf(instance: ModuleInstance): Namespace {
  const { outputs } = instance.source;
  return {
    namespace: instance.address,
    get: (name, at) => {
      if (outputs.has(name)) return instance.output(name, at);
      return missing(
        `${instance.address} has no output "${name}". It has: ${[...outputs.keys()].join(", ") || "none"}.`,
        at,
      );
    },
    value: () => object([...outputs.keys()].map((name) => [name, instance.output(name)] as const)),
  };
}
