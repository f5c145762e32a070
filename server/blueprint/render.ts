import { Problem } from "#server/errors.ts";
import type { Blueprint, Grain, GrainSpec, Script, ShellCommand, Source } from "./blueprint.ts";
import { isSafeVariable } from "./names.ts";
import { isTemplate, parseTemplate, renderParsed, TemplateError } from "./template/engine.ts";
import { scopeFor, type TemplateRoots } from "./template/roots.ts";
import { bindShellCommand } from "./template/shell.ts";

/** Renders one template with the given roots. Text without a template is returned as it is. */
export function renderTemplate(template: string, roots: TemplateRoots): string {
  if (!isTemplate(template)) return template;
  try {
    const parsed = parseTemplate(template);
    return renderParsed(parsed, scopeFor(parsed, roots));
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new Problem("bad_input", error.message, {
      remedy: "Shorten the values that go into the template, or ask the blueprint's owner to correct it.",
      details: { template: template.slice(0, 200) },
    });
  }
}

/** Whether the grain's `when` gives true. A grain without `when` always runs. */
export function shouldRunGrain(grain: Grain, roots: TemplateRoots): boolean {
  return grain.when === undefined || renderTemplate(grain.when, roots).trim().toLowerCase() === "true";
}

/**
 * The grain with every template resolved. Values that a shell command refers to arrive as additional `envVars`; the
 * command itself only names them.
 */
export function renderGrain(grain: Grain, roots: TemplateRoots): Grain {
  const text = (template: string) => renderTemplate(template, roots);
  const { spec } = grain;
  const shell = renderActivities(spec.activities, text);
  const rendered: GrainSpec = {
    ...spec,
    source: spec.source && renderSource(spec.source, text),
    agent: spec.agent === null ? null : text(spec.agent),
    inputs: spread(renderRecord(spec.inputs, text)),
    envVars: { ...safeOnly(spread(renderRecord(spec.envVars, text))), ...shell.values },
    authentication: spec.authentication.map(text),
    activities: shell.activities,
    files: spec.files.map((source) => renderSource(source, text)),
    workspaceDirectories: spec.workspaceDirectories.map((source) => renderSource(source, text)),
    scripts: renderScripts(spec.scripts, text),
    targetNamespace: spec.targetNamespace === null ? null : text(spec.targetNamespace),
    valuesFiles: spec.valuesFiles.map((source) => renderSource(source, text)),
    tfvarsFiles: spec.tfvarsFiles.map((source) => renderSource(source, text)),
    commandArguments: text(spec.commandArguments),
    helmCommands: spec.helmCommands.map(text),
    mode: text(spec.mode),
    version: spec.version === null ? null : text(spec.version),
    region: spec.region === null ? null : text(spec.region),
    extra: renderDeep(spec.extra, text) as Record<string, unknown>,
  };
  const approvals = grain.approvals.map((approval) => ({ ...approval, message: text(approval.message) }));
  return { ...grain, approvals, spec: rendered };
}

/** The blueprint's outputs, once its grains are done. */
export function renderOutputs(
  blueprint: Blueprint,
  roots: TemplateRoots,
): { name: string; value: string; kind: "regular" | "link"; quick: boolean; sensitive: boolean }[] {
  return blueprint.outputs.map((output) => ({ ...output, value: renderTemplate(output.value, roots) }));
}

/** Labels the blueprint puts on its environment. */
export function renderEnvironmentLabels(
  blueprint: Blueprint,
  roots: TemplateRoots,
): { key: string; value: string | null }[] {
  return blueprint.environmentLabels.map(({ key, value }) => ({
    key: renderTemplate(key, roots),
    value: value === null ? null : renderTemplate(value, roots),
  }));
}

type Text = (template: string) => string;

function renderRecord(record: Record<string, string>, text: Text): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, text(value)]));
}

function renderSource(source: Source, text: Text): Source {
  const ref = source.ref && { kind: source.ref.kind, name: text(source.ref.name) };
  return { ...source, store: source.store === null ? null : text(source.store), path: text(source.path), ref };
}

function renderScripts(scripts: Record<string, Script>, text: Text): Record<string, Script> {
  return Object.fromEntries(
    Object.entries(scripts).map(([hook, script]) => [
      hook,
      { ...script, source: renderSource(script.source, text), arguments: text(script.arguments) },
    ]),
  );
}

/** An input named `_` holds a JSON object whose entries are the inputs meant. Named ones win. */
function spread(record: Record<string, string>): Record<string, string> {
  const { _: all, ...named } = record;
  if (all === undefined) return record;
  try {
    const parsed: unknown = JSON.parse(all);
    if (parsed === null || typeof parsed !== "object" || Array.isArray(parsed)) return named;
    const entries = Object.entries(parsed).map(([name, value]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
    return { ...Object.fromEntries(entries), ...named };
  } catch {
    return named;
  }
}

/** Names that came out of a spread JSON object were not there to be checked when the blueprint was read. */
function safeOnly(variables: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => isSafeVariable(name)));
}

function renderActivities(activities: GrainSpec["activities"], text: Text) {
  const values: Record<string, string> = {};
  const bind = (commands: ShellCommand[]) =>
    commands.map((command) => {
      const bound = bindShellCommand(command.command, Object.keys(values).length + 1);
      if (typeof bound === "string") throw new Problem("bad_input", `A shell command cannot be run safely: ${bound}.`);
      for (const { name, template } of bound.values) values[name] = text(template);
      return { ...command, command: bound.command };
    });
  return {
    activities: { deploy: bind(activities.deploy), destroy: bind(activities.destroy), check: bind(activities.check) },
    values,
  };
}

function renderDeep(value: unknown, text: Text): unknown {
  if (typeof value === "string") return text(value);
  if (Array.isArray(value)) return value.map((item) => renderDeep(item, text));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, renderDeep(item, text)]));
}
