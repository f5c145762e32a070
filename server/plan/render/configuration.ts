import { findReferences } from "#server/plan/hcl/references.ts";
import type { Body, Expression } from "#server/plan/hcl/syntax.ts";
import type { ModuleInstance } from "#server/plan/module/module-instance.ts";
import { literalText, type ModuleSource } from "#server/plan/module/module-source.ts";
import { resolveProvider } from "#server/plan/module/provider-view.ts";
import type { Variable } from "#server/plan/module/variable.ts";
import type { ModuleConfiguration, PlanConfiguration } from "#server/plan/plan.ts";
import { renderCalls } from "./configuration-calls.ts";
import { renderExpression, renderExpressions } from "./expressions.ts";
import { knownPart, plainObject } from "./json-value.ts";
import { fullProviderName } from "./providers.ts";

export function renderConfiguration(root: ModuleInstance): PlanConfiguration {
  const providers: [string, unknown][] = [];
  addProviders(root, providers);
  return {
    ...(providers.length > 0 && { provider_config: plainObject(providers) }),
    root_module: renderModuleConfiguration(root.source, root),
  };
}

const providerMeta = new Set(["alias", "version"]);

function addProviders(root: ModuleInstance, providers: [string, unknown][]): void {
  for (const [key, block] of root.source.providers) {
    const requirement =
      root.source.requirements.get(block.localName)?.version ??
      literalText(block.body.attributes.get("version")?.expression);
    const expressions = renderExpressions(block.body, providerMeta);
    const config = {
      name: block.localName,
      full_name: fullProviderName(root, block.localName),
      ...(block.alias !== undefined && { alias: block.alias }),
      ...(requirement !== undefined && { version_constraint: requirement }),
      ...(root.address !== "" && { module_address: root.address.replace(/\[[^\]]*\]/g, "") }),
      ...(Object.keys(expressions).length > 0 && { expressions }),
    };
    providers.push([root.address === "" ? key : `${root.address}:${key}`, config]);
  }
  for (const call of root.calls.values()) for (const child of call.instances().values()) addProviders(child, providers);
}

/** The configuration of a module folder; `instance` tells which provider configurations its resources get. */
export function renderModuleConfiguration(
  source: ModuleSource,
  instance: ModuleInstance | undefined,
): ModuleConfiguration {
  const outputs = [...source.outputs.values()].map((block) => [block.name, renderOutput(block.body)] as const);
  const resources = [...source.resources.values()].map((block) => renderResource(block, instance));
  const variables = [...source.variables.values()].map(
    (block) => [block.name, renderVariable(block.body, instance?.variables.get(block.name))] as const,
  );
  const calls = renderCalls(source, instance);
  return {
    ...(outputs.length > 0 && { outputs: plainObject(outputs) }),
    ...(resources.length > 0 && { resources }),
    ...(calls && { module_calls: calls }),
    ...(variables.length > 0 && { variables: plainObject(variables) }),
  };
}

function renderOutput(body: Body): unknown {
  const value = body.attributes.get("value");
  return {
    ...(isTrue(body, "sensitive") && { sensitive: true }),
    ...(value && { expression: renderExpression(value.expression) }),
    ...describe(body),
    ...dependencies(body),
  };
}

function renderVariable(body: Body, variable: Variable | undefined): unknown {
  const fallback = body.attributes.has("default") ? variable?.convertedDefault() : undefined;
  return {
    ...(fallback && { default: knownPart(fallback) }),
    ...describe(body),
    ...(isTrue(body, "sensitive") && { sensitive: true }),
  };
}

function describe(body: Body): { description?: string } {
  const description = literalText(body.attributes.get("description")?.expression);
  return description === undefined ? {} : { description };
}

function isTrue(body: Body, name: string): boolean {
  const expression = body.attributes.get(name)?.expression;
  return expression?.kind === "literal" && expression.value.content === true;
}

const resourceMeta = new Set(["count", "for_each", "provider", "depends_on", "lifecycle", "provisioner", "connection"]);

function renderResource(
  block: ModuleSource["resources"] extends Map<string, infer R> ? R : never,
  instance: ModuleInstance | undefined,
) {
  const { body, mode, type, name } = block;
  const explicit = body.attributes.get("provider")?.expression;
  const local = explicit ? providerText(explicit) : type.split("_")[0]!;
  const key = instance ? resolveProvider(instance, local).key : local;
  const count = body.attributes.get("count");
  const forEach = body.attributes.get("for_each");
  return {
    address: mode === "data" ? `data.${type}.${name}` : `${type}.${name}`,
    mode,
    type,
    name,
    provider_config_key: key,
    expressions: renderExpressions(body, resourceMeta),
    schema_version: 0,
    ...(count && nonEmpty("count_expression", renderExpression(count.expression))),
    ...(forEach && nonEmpty("for_each_expression", renderExpression(forEach.expression))),
    ...dependencies(body),
  };
}

export function nonEmpty(name: string, rendered: object): Record<string, unknown> {
  return Object.keys(rendered).length === 0 ? {} : { [name]: rendered };
}

function providerText(expression: Expression): string {
  const [reference] = findReferences(expression);
  if (!reference) return literalText(expression) ?? "";
  return [
    reference.root,
    ...reference.steps.map((step) => (step.kind === "attribute" ? step.name : String(step.key))),
  ].join(".");
}

export function dependencies(body: Body): { depends_on?: string[] } {
  const expression = body.attributes.get("depends_on")?.expression;
  if (expression?.kind !== "tuple") return {};
  return { depends_on: expression.items.map(providerText) };
}
