import type { Attribute, Block, Body, Expression } from "#server/plan/hcl/syntax.ts";
import { PlanError, type Position } from "#server/plan/plan-error.ts";

export type ResourceMode = "managed" | "data";

export type ResourceBlock = { mode: ResourceMode; type: string; name: string; at: Position; body: Body };
export type NamedBlock = { name: string; at: Position; body: Body };
/** `provider "aws" { alias = "west" }` has the key `aws.west`. */
export type ProviderBlock = { localName: string; alias: string | undefined; at: Position; body: Body };
export type ProviderRequirement = { source: string; version: string | undefined };

/** What the files of one module folder declare, before anything is evaluated. */
export type ModuleSource = {
  path: string;
  at: Position;
  variables: Map<string, NamedBlock>;
  locals: Map<string, Attribute>;
  outputs: Map<string, NamedBlock>;
  resources: Map<string, ResourceBlock>;
  calls: Map<string, NamedBlock>;
  providers: Map<string, ProviderBlock>;
  requirements: Map<string, ProviderRequirement>;
};

export function emptyModule(path: string): ModuleSource {
  return {
    path,
    at: { file: path, line: 1, column: 1 },
    variables: new Map(),
    locals: new Map(),
    outputs: new Map(),
    resources: new Map(),
    calls: new Map(),
    providers: new Map(),
    requirements: new Map(),
  };
}

/** Adds the blocks of one file. Kinds that change nothing about a plan (`moved`, `check`, …) are passed over. */
export function addBlocks(module: ModuleSource, body: Body): void {
  const stray = [...body.attributes.values()][0];
  if (stray)
    throw new PlanError(
      `"${stray.name}" is set outside of any block.`,
      stray.at,
      "Values for variables belong in a .tfvars file.",
    );
  for (const block of body.blocks) addBlock(module, block);
}

const ignoredBlocks = new Set(["moved", "import", "removed", "check", "ephemeral"]);

const readers: Readonly<Record<string, (module: ModuleSource, block: Block) => void>> = {
  variable: (module, block) => addNamed(module.variables, block),
  output: (module, block) => addNamed(module.outputs, block),
  module: (module, block) => addNamed(module.calls, block),
  locals: addLocals,
  resource: addResource,
  data: addResource,
  provider: addProvider,
  terraform: addRequirements,
};

function addBlock(module: ModuleSource, block: Block): void {
  const read = Object.hasOwn(readers, block.type) ? readers[block.type] : undefined;
  if (read) read(module, block);
  else if (!ignoredBlocks.has(block.type))
    throw new PlanError(`"${block.type}" is not a block that Terraform knows.`, block.at);
}

function addNamed(target: Map<string, NamedBlock>, block: Block): void {
  const [name] = labelsOf(block, 1);
  const earlier = target.get(name!);
  if (earlier) throw duplicate(`${block.type} "${name}"`, block.at, earlier.at);
  target.set(name!, { name: name!, at: block.at, body: block.body });
}

function labelsOf(block: Block, count: number): readonly string[] {
  if (block.labels.length === count) return block.labels;
  const wanted = count === 1 ? "one label, its name" : "two labels, its type and its name";
  throw new PlanError(`A "${block.type}" block needs ${wanted}.`, block.at);
}

function duplicate(what: string, at: Position, earlier: Position): PlanError {
  return new PlanError(
    `The ${what} is already declared at ${earlier.file}:${earlier.line}.`,
    at,
    "Rename one of them.",
  );
}

function addLocals(module: ModuleSource, block: Block): void {
  for (const [name, attribute] of block.body.attributes) {
    const earlier = module.locals.get(name);
    if (earlier) throw duplicate(`local value "${name}"`, attribute.at, earlier.at);
    module.locals.set(name, attribute);
  }
}

function addResource(module: ModuleSource, block: Block): void {
  const [type, name] = labelsOf(block, 2) as [string, string];
  const mode = block.type === "data" ? "data" : "managed";
  const key = resourceKey(mode, type, name);
  const earlier = module.resources.get(key);
  if (earlier) throw duplicate(key, block.at, earlier.at);
  module.resources.set(key, { mode, type, name, at: block.at, body: block.body });
}

export function resourceKey(mode: ResourceMode, type: string, name: string): string {
  return mode === "data" ? `data.${type}.${name}` : `${type}.${name}`;
}

function addProvider(module: ModuleSource, block: Block): void {
  const [localName] = labelsOf(block, 1) as [string];
  const alias = literalText(block.body.attributes.get("alias")?.expression);
  const key = alias === undefined ? localName : `${localName}.${alias}`;
  const earlier = module.providers.get(key);
  if (earlier) throw duplicate(`configuration of provider ${key}`, block.at, earlier.at);
  module.providers.set(key, { localName, alias, at: block.at, body: block.body });
}

function addRequirements(module: ModuleSource, block: Block): void {
  for (const inner of block.body.blocks) {
    if (inner.type !== "required_providers") continue;
    for (const [name, attribute] of inner.body.attributes) {
      const { expression } = attribute;
      const items = expression.kind === "object" ? expression.items : [];
      const find = (key: string) => literalText(items.find((item) => literalText(item.key) === key)?.value);
      const version = find("version") ?? literalText(expression);
      module.requirements.set(name, { source: find("source") ?? `hashicorp/${name}`, version });
    }
  }
}

/** The text of an expression that is a plain string, which meta-arguments such as `source` must be. */
export function literalText(expression: Expression | undefined): string | undefined {
  if (expression?.kind !== "literal") return undefined;
  const { content } = expression.value;
  return typeof content === "string" ? content : undefined;
}
