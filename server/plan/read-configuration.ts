import type { ModuleCallConfiguration, ModuleConfiguration, PlanConfiguration, ResourceConfiguration } from "./plan.ts";
import { type PlanReader, planReader } from "./plan-reader.ts";

/** The `configuration` of a plan, with the shapes checked that screens, policies and redaction rely on. */
export function readConfiguration(reader: PlanReader): PlanConfiguration {
  const configuration = reader.record("configuration");
  if (!configuration) return {};
  const own = planReader(configuration, "configuration");
  const providers = own.record("provider_config");
  const root = own.record("root_module");
  return {
    ...(providers && { provider_config: providers }),
    ...(root && { root_module: readModule(planReader(root, "configuration.root_module")) }),
  };
}

function readModule(reader: PlanReader): ModuleConfiguration {
  const outputs = reader.record("outputs");
  const variables = reader.record("variables");
  const calls = reader.record("module_calls");
  const resources = reader.list("resources").map((resource, index) => {
    const one = planReader(resource, `${reader.path}.resources[${index}]`);
    return { ...one.all, address: one.text("address"), expressions: one.record("expressions") ?? {} };
  });
  return {
    ...(outputs && { outputs }),
    ...(resources.length > 0 && { resources: resources as unknown as ResourceConfiguration[] }),
    ...(calls && { module_calls: readCalls(calls, reader.path) }),
    ...(variables && { variables }),
  };
}

function readCalls(calls: Record<string, unknown>, path: string): Record<string, ModuleCallConfiguration> {
  const entries = Object.entries(calls).map(([name, call]) => {
    const one = planReader(call, `${path}.module_calls.${name}`);
    const module = one.record("module");
    const expressions = one.record("expressions");
    const source = one.optionalText("source") ?? "";
    const checked = {
      ...one.all,
      source,
      expressions: expressions ?? {},
      ...(module && { module: readModule(planReader(module, `${one.path}.module`)) }),
    };
    return [name, checked] as const;
  });
  return Object.fromEntries(entries) as Record<string, ModuleCallConfiguration>;
}
