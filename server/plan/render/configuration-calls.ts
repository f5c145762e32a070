import type { ModuleInstance } from "#server/plan/module/module-instance.ts";
import { literalText, type ModuleSource, type NamedBlock } from "#server/plan/module/module-source.ts";
import type { ModuleCallConfiguration } from "#server/plan/plan.ts";
import { dependencies, nonEmpty, renderModuleConfiguration } from "./configuration.ts";
import { renderExpression, renderExpressions } from "./expressions.ts";
import { plainObject } from "./json-value.ts";

const callMeta = new Set(["source", "version", "count", "for_each", "providers", "depends_on"]);

export function renderCalls(
  source: ModuleSource,
  instance: ModuleInstance | undefined,
): Record<string, ModuleCallConfiguration> | undefined {
  const calls = [...source.calls.values()].map((block) => [block.name, renderCall(block, instance)] as const);
  return calls.length === 0 ? undefined : (plainObject(calls) as Record<string, ModuleCallConfiguration>);
}

function renderCall(block: NamedBlock, instance: ModuleInstance | undefined): ModuleCallConfiguration {
  const call = instance?.calls.get(block.name);
  const [child] = call ? [...call.instances().values()] : [];
  const { attributes } = block.body;
  const count = attributes.get("count");
  const forEach = attributes.get("for_each");
  const version = literalText(attributes.get("version")?.expression);
  const source = child?.source ?? (call?.isLocal ? call.loadSource() : undefined);
  return {
    source: call?.displaySource ?? literalText(attributes.get("source")?.expression) ?? "",
    expressions: renderExpressions(block.body, callMeta),
    ...(source && { module: renderModuleConfiguration(source, child) }),
    ...(version !== undefined && { version_constraint: version }),
    ...(count && nonEmpty("count_expression", renderExpression(count.expression))),
    ...(forEach && nonEmpty("for_each_expression", renderExpression(forEach.expression))),
    ...dependencies(block.body),
  };
}
