import type { Grain, InputDefinition, OutputDefinition } from "#server/blueprint/blueprint.ts";
import { limits } from "#server/blueprint/limits.ts";
import type { Located, Spot } from "#server/blueprint/located.ts";
import { addError, addWarning, type Finding, type Report } from "#server/blueprint/report.ts";
import {
  isTemplate,
  type ParsedTemplate,
  parseTemplate,
  referencesOf,
  renderParsed,
  TemplateError,
} from "#server/blueprint/template/engine.ts";
import { scopeFor, type TemplateRoots } from "#server/blueprint/template/roots.ts";
import { upstreamOf } from "./graph.ts";
import { checkReference, type Place } from "./references.ts";

export type Parts = {
  inputs: InputDefinition[];
  outputs: OutputDefinition[];
  grains: Grain[];
  envReferences: string[];
  resources: string[];
  hasBindings: boolean;
};

type Checking = { report: Report; parts: Parts; trial: TemplateRoots; spentMs: number; usedInputs: Set<string> };

/** Parses every template where it stands, checks what it reads, and renders it once with sample values. */
export function checkTemplates(report: Report, root: Located, parts: Parts): void {
  const checking: Checking = { report, parts, trial: sampleRoots(parts), spentMs: 0, usedInputs: new Set() };
  if (root.kind !== "map") return;
  for (const [name, { value }] of root.entries) {
    if (name === "grains") eachEntry(value, (grain, node) => checkGrain(checking, grain, node));
    if (name === "outputs") eachEntry(value, (output, node) => checkTree(checking, node, outputPlace(parts, output)));
    if (name === "labels") checkTree(checking, value, shownPlace);
    if (name === "resources" || name === "workflow") checkTree(checking, value, innerPlace);
    if (name === "inputs") eachEntry(value, (_, node) => checkOverrides(checking, node));
    if (name === "customization" || name === "launch-form") checkTree(checking, value, innerPlace);
  }
  warnOfUnused(checking);
}

const innerPlace: Place = { grain: null, upstream: new Set(), isShown: false, hasValue: false };
const shownPlace: Place = { ...innerPlace, isShown: true };

function outputPlace(parts: Parts, name: string): Place {
  const isSensitive = parts.outputs.find((output) => output.name === name)?.sensitive ?? false;
  return { ...innerPlace, upstream: null, isShown: !isSensitive };
}

function eachEntry(node: Located, visit: (name: string, value: Located) => void): void {
  if (node.kind === "map") for (const [name, { value }] of node.entries) visit(name, value);
}

function checkGrain(checking: Checking, name: string, node: Located): void {
  const place: Place = { ...innerPlace, grain: name, upstream: upstreamOf(checking.parts.grains, name) };
  eachEntry(node, (field, value) => {
    const isShown = ["approvals", "condition", "env-labels"].includes(field);
    checkTree(checking, value, { ...place, isShown, upstream: field === "env-labels" ? null : place.upstream });
  });
}

function checkOverrides(checking: Checking, node: Located): void {
  eachEntry(node, (field, value) => {
    if (field === "overrides") checkTree(checking, value, { ...innerPlace, hasValue: true });
  });
}

function checkTree(checking: Checking, node: Located, place: Place): void {
  if (node.kind === "list") for (const item of node.items) checkTree(checking, item, place);
  if (node.kind === "map") for (const [, { value }] of node.entries) checkTree(checking, value, place);
  if (node.kind === "map")
    for (const [name, { key }] of node.entries) checkOne(checking, { text: name, spot: key }, place);
  if (node.kind === "text") checkOne(checking, { text: node.text, spot: node }, place);
}

function checkOne(checking: Checking, { text, spot }: { text: string; spot: Spot }, place: Place): void {
  if (!isTemplate(text) || checking.report.problems.length >= limits.problems) return;
  try {
    const parsed = parseTemplate(text);
    const references = referencesOf(parsed);
    for (const reference of references) {
      if (reference[0] === "inputs" && reference[1]) checking.usedInputs.add(reference[1]);
      const finding = checkReference(reference, place, checking.parts);
      if (finding) addError(checking.report, spot, finding);
    }
    if (/\||\{%/.test(text)) tryOut(checking, parsed);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    addError(checking.report, spot, toFinding(error));
  }
}

function toFinding(error: TemplateError): Finding {
  const code = { syntax: "BP_TEMPLATE_SYNTAX", tag: "BP_TEMPLATE_TAG", limit: "BP_TEMPLATE_LIMIT" }[error.kind];
  const remedy = {
    syntax: "Correct the template; text in braces is Liquid.",
    tag: "Use if, unless, case, assign, capture, comment or raw.",
    limit: "Make the template simpler.",
  }[error.kind];
  return { code, message: error.message, remedy };
}

function tryOut(checking: Checking, parsed: ParsedTemplate): void {
  if (checking.spentMs > limits.trialMs)
    throw new TemplateError("limit", "The templates of this file take longer than the time limit.");
  const start = performance.now();
  try {
    renderParsed(parsed, scopeFor(parsed, checking.trial));
  } catch (error) {
    // Sample values may suit no filter; only what breaks a limit tells something about the template.
    if (!(error instanceof TemplateError) || error.kind === "limit") throw error;
  } finally {
    checking.spentMs += performance.now() - start;
  }
}

/** Defaults where there are some, else a short text: what the template is likely to meet. */
function sampleRoots(parts: Parts): TemplateRoots {
  const sample = (input: InputDefinition) => input.default ?? input.allowedValues[0]?.value ?? "sample";
  return {
    inputs: Object.fromEntries(parts.inputs.map((input) => [input.name, sample(input)])),
    grains: Object.fromEntries(parts.grains.map((grain) => [grain.name, { outputs: {}, isActive: true }])),
  };
}

function warnOfUnused({ report, parts, usedInputs }: Checking): void {
  for (const input of parts.inputs) {
    if (usedInputs.has(input.name) || input.type === "agent") continue;
    const { row = 1, column = 1, path = "" } = input.place;
    addWarning(
      report,
      { row, column, path },
      {
        code: "BP_UNUSED_INPUT",
        message: `The input \`${input.name}\` is asked for but never used.`,
        remedy: "Use it in a grain, or remove it.",
      },
    );
  }
}
