import { evaluate } from "#server/plan/eval/evaluate.ts";
import { type EvaluationContext, Scope } from "#server/plan/eval/scope.ts";
import { fromJson } from "#server/plan/functions/json.ts";
import { parseFile, parseLoneExpression } from "#server/plan/hcl/parse-body.ts";
import { LimitError, PlanError, type Position } from "#server/plan/plan-error.ts";
import { resolvePath } from "#server/plan/source-files.ts";
import { ANY, isPrimitive, type Type } from "#server/plan/value/type.ts";
import { entriesOf, text, unknown, type Value } from "#server/plan/value/value.ts";
import { jsonToValue } from "./json-value.ts";
import { decode } from "./load-module.ts";
import type { ModuleSource, NamedBlock } from "./module-source.ts";
import type { PlanSettings } from "./settings.ts";
import type { StaticPlanInput } from "./start-module.ts";
import { readTypeConstraint } from "./type-constraint.ts";
import type { VariableInput } from "./variable.ts";

type Gathering = { input: StaticPlanInput; source: ModuleSource; settings: PlanSettings };

/** Values for the root module's variables, in Terraform's order of precedence. */
export function gatherInputs({ input, source, settings }: Gathering): Map<string, VariableInput> {
  const inputs = new Map<string, VariableInput>();
  for (const path of variableFiles(source, settings)) addFile(inputs, path, settings);
  for (const name of input.tfvars ?? []) addFile(inputs, chosenFile(name, settings), settings);
  for (const [name, given] of Object.entries(input.variables ?? {})) {
    const block = source.variables.get(name);
    if (!block) throw undeclared(name, source);
    inputs.set(name, { value: givenValue(given, block, settings), at: undefined });
  }
  for (const [name, reason] of Object.entries(input.unknownVariables ?? {})) {
    if (!source.variables.has(name)) throw undeclared(name, source);
    inputs.set(name, { value: unknown(ANY, reason), at: undefined });
  }
  return inputs;
}

function undeclared(name: string, source: ModuleSource): PlanError {
  const known = [...source.variables.keys()];
  const remedy = known.length === 0 ? "It declares none." : `It declares: ${known.slice(0, 20).join(", ")}.`;
  return new PlanError(`The module has no variable "${name}".`, undefined, remedy);
}

function variableFiles(source: ModuleSource, settings: PlanSettings): string[] {
  const prefix = source.path === "" ? "" : `${source.path}/`;
  const names = settings.files.list(source.path).map((path) => path.slice(prefix.length));
  const isOwn = (name: string) => !name.includes("/");
  const fixed = ["terraform.tfvars", "terraform.tfvars.json"].filter((name) => names.includes(name));
  const automatic = names.filter((name) => isOwn(name) && /\.auto\.tfvars(?:\.json)?$/.test(name)).sort();
  return [...fixed, ...automatic].map((name) => prefix + name);
}

function chosenFile(name: string, settings: PlanSettings): string {
  const path = resolvePath(settings.rootPath, name);
  if (path === undefined || !settings.files.read(path))
    throw new PlanError(`There is no variables file "${name}".`, undefined, "Name it by its path from the module.");
  return path;
}

function addFile(inputs: Map<string, VariableInput>, path: string, settings: PlanSettings): void {
  const bytes = settings.files.read(path);
  if (!bytes) return;
  const source = { file: path, text: decode(bytes, path), maxDepth: settings.budget.limits.maxSyntaxDepth };
  if (path.endsWith(".json")) {
    const root = fromJson(source.text);
    if (!(root.content instanceof Map))
      throw new PlanError("The file must hold one JSON object.", { file: path, line: 1, column: 1 });
    for (const [name, value] of entriesOf(root)) inputs.set(name, { value, at: { file: path, line: 1, column: 1 } });
    return;
  }
  const body = parseFile(source);
  const block = body.blocks[0];
  if (block) throw new PlanError(`A variables file cannot contain a "${block.type}" block.`, block.at);
  const scope = new Scope(constants(settings, "Variables files cannot refer to other values."));
  for (const attribute of body.attributes.values())
    inputs.set(attribute.name, { value: evaluate(attribute.expression, scope), at: attribute.at });
}

function constants(settings: PlanSettings, message: string): EvaluationContext {
  const { budget, files, rootPath } = settings;
  const resolve = (_name: string, at: Position): never => {
    throw new PlanError(message, at);
  };
  return { budget, files, rootPath, modulePath: rootPath, resolve };
}

/** Text for a variable of a complex type is read as an expression, as `-var` does. */
function givenValue(given: unknown, block: NamedBlock, settings: PlanSettings): Value {
  if (typeof given !== "string") return jsonToValue(given);
  const type = declaredType(block, settings);
  if (type === undefined || isPrimitive(type)) return text(given);
  try {
    const file = `value of variable ${block.name}`;
    const expression = parseLoneExpression({ file, text: given, maxDepth: settings.budget.limits.maxSyntaxDepth });
    return evaluate(expression, new Scope(constants(settings, "A value given as text cannot refer to other values.")));
  } catch (error) {
    if (type.kind === "any" && error instanceof PlanError && !(error instanceof LimitError)) return text(given);
    throw error;
  }
}

function declaredType(block: NamedBlock, settings: PlanSettings): Type | undefined {
  const expression = block.body.attributes.get("type")?.expression;
  if (!expression) return undefined;
  const scope = new Scope(constants(settings, "A type cannot refer to other values."));
  return readTypeConstraint(expression, (part) => evaluate(part, scope)).type;
}
