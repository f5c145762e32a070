import { redactValue } from "#server/secret/redact-value.ts";
import type { ModuleConfiguration, Plan, PlanModule, ResourceChange } from "./plan.ts";
import { plainObject } from "./render/json-value.ts";

/** Stands where a secret was, so that policies still see that something is set. */
export const redactedValue = "(sensitive)";

/** Too short to be told from ordinary words: such values are hidden where they are marked, but not searched for. */
const shortestSearched = 6;

/**
 * The plan without its secrets: everything under a `*_sensitive` mask, sensitive variables and outputs, constants in the
 * configuration that end up in a secret attribute, and every other text that equals one of these. `known` are secrets
 * that the module's author may have forgotten to mark: wherever they stand in a text, they are masked.
 */
export function redactPlan(plan: Plan, known: readonly string[] = []): Plan {
  const secrets = new Set<string>();
  const masked = redactMasked(plan, secrets);
  const configured = { ...masked, configuration: redactConfiguration(masked, secrets) };
  const marked = secrets.size === 0 ? configured : (replaceSecrets(configured, secrets) as Plan);
  return redactValue(marked, known);
}

function redactMasked(plan: Plan, secrets: Set<string>): Plan {
  const hide = (value: unknown, mask: unknown) => applyMask(value, mask, secrets);
  const hideChange = <
    T extends { before: unknown; after: unknown; before_sensitive?: unknown; after_sensitive?: unknown },
  >(
    change: T,
  ): T => ({
    ...change,
    before: hide(change.before, change.before_sensitive),
    after: hide(change.after, change.after_sensitive),
  });
  const hideOne = (change: ResourceChange) => ({ ...change, change: hideChange(change.change) });
  const hideAll = (changes: readonly ResourceChange[]) => changes.map(hideOne);
  const deferred = plan.deferred_changes?.map((entry) => ({
    ...entry,
    resource_change: hideOne(entry.resource_change),
  }));
  const prior = plan.prior_state?.values;
  return {
    ...plan,
    ...redactVariables(plan, secrets),
    planned_values: redactValues(plan.planned_values, secrets),
    resource_changes: hideAll(plan.resource_changes),
    ...(deferred && { deferred_changes: deferred }),
    ...(plan.resource_drift && { resource_drift: hideAll(plan.resource_drift) }),
    ...(plan.output_changes && {
      output_changes: Object.fromEntries(
        Object.entries(plan.output_changes).map(([name, change]) => [name, hideChange(change)]),
      ),
    }),
    ...(prior && { prior_state: { ...plan.prior_state, values: redactValues(prior, secrets) } }),
  };
}

function redactVariables(plan: Plan, secrets: Set<string>): Pick<Plan, "variables"> {
  if (!plan.variables) return {};
  const declared = plan.configuration.root_module?.variables ?? {};
  const entries = Object.entries(plan.variables).map(([name, variable]) => {
    const isSensitive = isMarked(Object.hasOwn(declared, name) ? declared[name] : undefined);
    return [name, isSensitive ? { ...variable, value: applyMask(variable.value, true, secrets) } : variable] as const;
  });
  return { variables: plainObject(entries) as NonNullable<Plan["variables"]> };
}

const isMarked = (declared: unknown): boolean =>
  typeof declared === "object" && declared !== null && "sensitive" in declared && declared.sensitive === true;

type Values = { outputs?: Plan["planned_values"]["outputs"]; root_module?: PlanModule };

function redactValues<T extends Values>(values: T, secrets: Set<string>): T {
  const outputs = Object.entries(values.outputs ?? {}).map(([name, output]) => [
    name,
    output.sensitive && "value" in output ? { ...output, value: applyMask(output.value, true, secrets) } : output,
  ]);
  return {
    ...values,
    ...(values.outputs && { outputs: Object.fromEntries(outputs) }),
    ...(values.root_module && { root_module: redactModule(values.root_module, secrets) }),
  };
}

function redactModule(module: PlanModule, secrets: Set<string>): PlanModule {
  return {
    ...module,
    ...(module.resources && {
      resources: module.resources.map((resource) => ({
        ...resource,
        values: applyMask(resource.values, resource.sensitive_values, secrets) as Record<string, unknown>,
      })),
    }),
    ...(module.child_modules && { child_modules: module.child_modules.map((child) => redactModule(child, secrets)) }),
  };
}

function applyMask(value: unknown, mask: unknown, secrets: Set<string>): unknown {
  if (mask === true) {
    if (value === null || value === undefined) return value;
    remember(value, secrets);
    return redactedValue;
  }
  if (typeof mask !== "object" || mask === null || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value))
    return value.map((item, index) => applyMask(item, Array.isArray(mask) ? mask[index] : undefined, secrets));
  const masks = new Map(Object.entries(mask));
  return plainObject(
    Object.entries(value).map(([key, item]) => [key, applyMask(item, masks.get(key), secrets)] as const),
  );
}

function remember(value: unknown, secrets: Set<string>): void {
  if (typeof value === "string" && value.length >= shortestSearched && value !== redactedValue) secrets.add(value);
  if (typeof value === "object" && value !== null) for (const item of Object.values(value)) remember(item, secrets);
}

const secretArgument = /secret|token|password|passwd|credential|private_key|access_key|api_key/;

/** Constants of arguments that are secret by mask, by declaration, or by the name of a provider's argument. */
function redactConfiguration(plan: Plan, secrets: Set<string>): Plan["configuration"] {
  const masks = new Map<string, unknown>();
  const deferred = (plan.deferred_changes ?? []).map((entry) => entry.resource_change);
  for (const { address, change } of [...deferred, ...plan.resource_changes])
    masks.set(withoutIndexes(address), change.after_sensitive);
  const providers = Object.entries(plan.configuration.provider_config ?? {}).map(
    ([key, config]) => [key, redactProvider(config, secrets)] as const,
  );
  const root = plan.configuration.root_module;
  return {
    ...plan.configuration,
    ...(plan.configuration.provider_config && { provider_config: plainObject(providers) }),
    ...(root && { root_module: redactModuleConfiguration(root, { prefix: "", masks, secrets }) }),
  };
}

function redactProvider(config: unknown, secrets: Set<string>): unknown {
  if (typeof config !== "object" || config === null || !("expressions" in config)) return config;
  const expressions = Object.entries(config.expressions as Record<string, unknown>);
  const hidden = expressions.map(
    ([name, value]) => [name, secretArgument.test(name) ? hideConstant(value, secrets) : value] as const,
  );
  return { ...config, expressions: plainObject(hidden) };
}

function hideConstant(expression: unknown, secrets: Set<string>): unknown {
  if (typeof expression !== "object" || expression === null || !("constant_value" in expression)) return expression;
  return { ...expression, constant_value: applyMask(expression.constant_value, true, secrets) };
}

const withoutIndexes = (address: string): string => address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+|\*)\]/g, "");

type ModuleRedaction = { prefix: string; masks: ReadonlyMap<string, unknown>; secrets: Set<string> };

function redactModuleConfiguration(module: ModuleConfiguration, context: ModuleRedaction): ModuleConfiguration {
  const resources = module.resources?.map((resource) => {
    const mask = context.masks.get(context.prefix + resource.address);
    return { ...resource, expressions: hideMasked(resource.expressions, mask, context.secrets) };
  });
  const variables = Object.entries(module.variables ?? {}).map(([name, declared]) => {
    const hasSecret = isMarked(declared) && typeof declared === "object" && declared !== null && "default" in declared;
    return [
      name,
      hasSecret ? { ...declared, default: applyMask(declared.default, true, context.secrets) } : declared,
    ] as const;
  });
  const calls = Object.entries(module.module_calls ?? {}).map(([name, call]) => {
    const declared = call.module?.variables ?? {};
    const expressions = Object.entries(call.expressions ?? {}).map(
      ([argument, value]) =>
        [
          argument,
          Object.hasOwn(declared, argument) && isMarked(declared[argument])
            ? hideConstant(value, context.secrets)
            : value,
        ] as const,
    );
    const inner =
      call.module && redactModuleConfiguration(call.module, { ...context, prefix: `${context.prefix}module.${name}.` });
    return [
      name,
      { ...call, ...(call.expressions && { expressions: plainObject(expressions) }), ...(inner && { module: inner }) },
    ] as const;
  });
  return {
    ...module,
    ...(resources && { resources }),
    ...(module.variables && { variables: plainObject(variables) }),
    ...(module.module_calls && {
      module_calls: plainObject(calls) as NonNullable<ModuleConfiguration["module_calls"]>,
    }),
  };
}

function hideMasked(
  expressions: Record<string, unknown> | undefined,
  mask: unknown,
  secrets: Set<string>,
): Record<string, unknown> {
  if (!expressions || typeof mask !== "object" || mask === null) return expressions ?? {};
  const masks = new Map(Object.entries(mask));
  return plainObject(
    Object.entries(expressions).map(
      ([name, value]) => [name, masks.get(name) === true ? hideConstant(value, secrets) : value] as const,
    ),
  );
}

function replaceSecrets(value: unknown, secrets: ReadonlySet<string>): unknown {
  if (typeof value === "string") return secrets.has(value) ? redactedValue : value;
  if (Array.isArray(value)) return value.map((item) => replaceSecrets(item, secrets));
  if (typeof value !== "object" || value === null) return value;
  return plainObject(Object.entries(value).map(([key, item]) => [key, replaceSecrets(item, secrets)] as const));
}
