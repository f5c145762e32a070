import { evaluate } from "#server/plan/eval/evaluate.ts";
import { type EvaluationContext, type Namespace, Scope } from "#server/plan/eval/scope.ts";
import { PlanError, type Position } from "#server/plan/plan-error.ts";
import { BOOL } from "#server/plan/value/type.ts";
import {
  boolOf,
  isSensitiveWithin,
  isUnknown,
  text,
  unknown,
  type Value,
  withSensitivity,
} from "#server/plan/value/value.ts";
import { Cell } from "./cell.ts";
import { ModuleCall } from "./module-call.ts";
import type { ModuleSource, NamedBlock, ProviderBlock } from "./module-source.ts";
import { ResourceNode } from "./resource-node.ts";
import type { PlanSettings } from "./settings.ts";
import { Variable, type VariableInput } from "./variable.ts";

/** Which provider configuration a module sees under each local key, such as `aws` or `aws.west`. */
export type ProviderView = ReadonlyMap<string, ResolvedProvider>;
/** A provider configuration, and the module whose names its expressions use. */
export type ResolvedProvider = { key: string; block: ProviderBlock | undefined; module: ModuleInstance | undefined };

export type ModuleInput = {
  settings: PlanSettings;
  source: ModuleSource;
  /** `module.a["x"]`, empty for the root. */
  address: string;
  depth: number;
  inputFor(name: string): VariableInput | undefined;
  providers: (self: ModuleInstance) => ProviderView;
};

/** One instance of a module: everything in it is evaluated when it is first needed. */
export class ModuleInstance {
  readonly settings: PlanSettings;
  readonly source: ModuleSource;
  readonly address: string;
  readonly depth: number;
  readonly scope: Scope;
  readonly providers: ProviderView;
  readonly variables = new Map<string, Variable>();
  readonly resources = new Map<string, ResourceNode>();
  readonly calls = new Map<string, ModuleCall>();
  private readonly locals = new Map<string, Cell<Value>>();
  private readonly outputs = new Map<string, Cell<Value>>();

  constructor(input: ModuleInput) {
    this.settings = input.settings;
    this.source = input.source;
    this.address = input.address;
    this.depth = input.depth;
    this.scope = new Scope(this.evaluationContext());
    this.providers = input.providers(this);
    for (const [name, block] of this.source.variables)
      this.variables.set(name, new Variable(this, block, () => input.inputFor(name)));
    for (const [name, local] of this.source.locals)
      this.locals.set(name, new Cell(`local.${name}`, () => evaluate(local.expression, this.scope)));
    for (const [name, block] of this.source.outputs)
      this.outputs.set(name, new Cell(`output.${name}`, () => this.evaluateOutput(block)));
    for (const [key, block] of this.source.resources) this.resources.set(key, new ResourceNode(this, block));
    for (const [name, block] of this.source.calls) this.calls.set(name, new ModuleCall(this, block));
  }

  /** Terraform evaluates what nobody reads too, and refuses what is wrong in it. */
  evaluateAll(): void {
    for (const variable of this.variables.values()) variable.value();
    for (const cell of [...this.locals.values(), ...this.outputs.values()]) cell.get();
  }

  output(name: string, at?: Position): Value {
    return this.outputs.get(name)!.get(at);
  }

  prefix(local: string): string {
    return this.address === "" ? local : `${this.address}.${local}`;
  }

  private evaluationContext(): EvaluationContext {
    const { budget, files, rootPath } = this.settings;
    return {
      budget,
      files,
      rootPath,
      modulePath: this.source.path,
      resolve: (name, at) => this.resolve(name, at),
    };
  }

  private resolve(name: string, at: Position): Value | Namespace {
    switch (name) {
      case "var":
        return namespace("var", (variable, place) =>
          this.find(this.variables, variable, { what: "variable", at: place }).value(place),
        );
      case "local":
        return namespace("local", (local, place) =>
          this.find(this.locals, local, { what: "local value", at: place }).get(place),
        );
      case "module":
        return namespace("module", (call, place) =>
          this.find(this.calls, call, { what: "module", at: place }).reference(place),
        );
      case "path":
        return namespace("path", (part, place) => this.path(part, place));
      case "terraform":
        return namespace("terraform", (part, place) => this.terraform(part, place));
      case "data":
        return namespace("data", (type) => this.resourceNamespace(`data.${type}`));
      case "each":
      case "count":
      case "self":
        throw new PlanError(
          `"${name}" has no meaning here.`,
          at,
          `It exists only ${name === "self" ? "in provisioners and conditions" : `where "${name === "each" ? "for_each" : "count"}" is set`}.`,
        );
      default:
        return this.resourceNamespace(name);
    }
  }

  private resourceNamespace(type: string): Namespace {
    return namespace(type, (name, at) => {
      const node = this.resources.get(`${type}.${name}`);
      if (node) return node.value(at);
      const remedy =
        /^[a-z]+$/.test(type) && !type.includes(".")
          ? `Did you mean var.${type}, local.${type} or a string?`
          : "Declare it, or correct the name.";
      throw new PlanError(`There is no resource "${type}.${name}" in this module.`, at, remedy);
    });
  }

  private find<T>(among: ReadonlyMap<string, T>, name: string, wanted: { what: string; at: Position }): T {
    const found = among.get(name);
    if (found) return found;
    throw new PlanError(
      `There is no ${wanted.what} "${name}" in this module.`,
      wanted.at,
      "Declare it, or correct the name.",
    );
  }

  private path(part: string, at: Position): Value {
    const { rootPath } = this.settings;
    if (part === "module") return text(relativePath(rootPath, this.source.path));
    if (part === "root") return text(".");
    if (part === "cwd") return unknown({ kind: "string" }, "path.cwd is the folder of the machine that runs the plan");
    throw new PlanError(`"path" has no attribute "${part}".`, at, "It has: module, root, cwd.");
  }

  private terraform(part: string, at: Position): Value {
    if (part === "workspace") return text(this.settings.workspace);
    if (part === "applying") return unknown(BOOL, "terraform.applying is known only during a run");
    throw new PlanError(`"terraform" has no attribute "${part}".`, at, "It has: workspace.");
  }

  private evaluateOutput(block: NamedBlock): Value {
    const attribute = block.body.attributes.get("value");
    if (!attribute) throw new PlanError(`The output "${block.name}" has no value.`, block.at);
    const value = evaluate(attribute.expression, this.scope);
    const isSensitive = this.flag(block, "sensitive");
    if (this.address === "" && !isSensitive && isSensitiveWithin(value))
      throw new PlanError(
        `The output "${block.name}" shows a sensitive value.`,
        block.at,
        "Add sensitive = true, or use nonsensitive() where it may be seen.",
      );
    return withSensitivity(value, isSensitive);
  }

  /** A meta-argument that is true or false. */
  flag(block: NamedBlock, name: string, otherwise = false): boolean {
    const attribute = block.body.attributes.get(name);
    if (!attribute) return otherwise;
    const value = evaluate(attribute.expression, this.scope);
    return isUnknown(value) || value.type.kind !== "bool" || value.content === null ? otherwise : boolOf(value);
  }
}

function namespace(name: string, get: Namespace["get"]): Namespace {
  return { namespace: name, get };
}

/** `path.module` is written relative to the root module, where Terraform runs. */
function relativePath(root: string, path: string): string {
  const from = root.split("/").filter(Boolean);
  const to = path.split("/").filter(Boolean);
  let shared = 0;
  while (shared < from.length && from[shared] === to[shared]) shared += 1;
  const steps = [...from.slice(shared).map(() => ".."), ...to.slice(shared)];
  return steps.length === 0 ? "." : steps.join("/");
}
