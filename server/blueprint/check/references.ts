import type { Grain } from "#server/blueprint/blueprint.ts";
import { nearest } from "#server/blueprint/names.ts";
import { choices, type Finding } from "#server/blueprint/report.ts";
import type { Reference } from "#server/blueprint/template/engine.ts";
import { collectionRoots, isSpecial } from "#server/blueprint/template/roots.ts";
import type { Parts } from "./templates.ts";

/** Where a template stands, which decides what it may read. */
export type Place = {
  grain: string | null;
  /** Grains that are done by then; null: all of them. */
  upstream: ReadonlySet<string> | null;
  /** The result is shown to people: secrets may not flow into it. */
  isShown: boolean;
  /** Inside a searchable override, where `value` is what was typed. */
  hasValue: boolean;
};

/** What is wrong with one path a template reads, if anything. */
export function checkReference(reference: Reference, place: Place, parts: Parts): Finding | null {
  const [root, name] = reference;
  if (root && isSpecial(root) && reference.length === 1) return null;
  if (root === "value" && place.hasValue) return null;
  if (reference.slice(0, 2).some((segment) => segment === null)) return computed;
  switch (root) {
    case "inputs":
      return checkInput(reference, place, parts);
    case "grains":
      return checkGrainReference(reference, place, parts);
    case "params":
      return checkParameter(name ?? null, place);
    case "env_references":
      return checkDeclared(name ?? "", parts.envReferences, "environment reference");
    case "resources":
      return checkDeclared(name ?? "", parts.resources, "resource");
    case "bindings":
      return parts.hasBindings
        ? null
        : { code: "BP_UNKNOWN_ROOT", message: "`bindings` exists in workflows only.", remedy: "Use an input." };
    default:
      return unknownRoot(root ?? "");
  }
}

const computed: Finding = {
  code: "BP_UNKNOWN_INPUT",
  message: "A template looks a name up by a computed key; what it reads cannot be reviewed.",
  remedy: "Write the name out, or use `case`.",
};

function unknownRoot(root: string): Finding {
  const near = nearest(root, [
    ...collectionRoots,
    "envId",
    "blueprintName",
    "ownerEmail",
    "environmentName",
    "spaceName",
  ]);
  return {
    code: "BP_UNKNOWN_ROOT",
    message: `A template reads \`${root.slice(0, 60)}\`, which does not exist.`,
    remedy: near ? `Did you mean \`.${near}\`?` : `Templates read: ${collectionRoots.join(", ")}, envId, ownerEmail, …`,
  };
}

function checkDeclared(name: string, known: readonly string[], what: string): Finding | null {
  if (known.includes(name)) return null;
  const near = nearest(name, known);
  return {
    code: what === "input" ? "BP_UNKNOWN_INPUT" : "BP_UNKNOWN_NAME",
    message: `A template reads the ${what} \`${name.slice(0, 60)}\`, which is not declared.`,
    remedy: near ? `Did you mean \`${near}\`?` : `Declared: ${choices(known) || "none"}.`,
  };
}

function checkInput([, name, property]: Reference, place: Place, parts: Parts): Finding | null {
  if (!name)
    return {
      code: "BP_UNKNOWN_INPUT",
      message: "A template reads `.inputs` without a name.",
      remedy: "Write `.inputs.<name>`.",
    };
  const undeclared = checkDeclared(
    name,
    parts.inputs.map((input) => input.name),
    "input",
  );
  if (undeclared)
    return property ? { ...undeclared, message: `${undeclared.message} (\`${property}\` of it)` } : undeclared;
  if (property && property !== "size")
    return {
      code: "BP_UNKNOWN_INPUT",
      message: `A template reads \`${property.slice(0, 60)}\` of the input \`${name}\`; an input is a text and has no parts.`,
      remedy: "Use a filter such as `split` or `key_access`.",
    };
  const isSensitive = parts.inputs.find((input) => input.name === name)?.sensitive;
  return isSensitive && place.isShown ? secretFlow(`the sensitive input \`${name}\``) : null;
}

/** Parameters may hold secrets, so they go into grains only. */
function checkParameter(name: string | null, place: Place): Finding | null {
  return place.isShown ? secretFlow(`the parameter \`${name ?? "?"}\``) : null;
}

function secretFlow(what: string): Finding {
  return {
    code: "BP_SECRET_FLOW",
    message: `A text that people are shown reads ${what}, which may be secret.`,
    remedy: "Give secrets to grains only; mark an output that must show one as sensitive.",
  };
}

function checkGrainReference([, name, part, ...rest]: Reference, place: Place, parts: Parts): Finding | null {
  const undeclared = checkDeclared(
    name ?? "",
    parts.grains.map((grain) => grain.name),
    "grain",
  );
  if (undeclared) return { ...undeclared, code: "BP_UNKNOWN_GRAIN" };
  const grain = parts.grains.find((candidate) => candidate.name === name);
  if (!grain) return null;
  if (place.upstream && !place.upstream.has(grain.name))
    return {
      code: "BP_MISSING_DEPENDENCY",
      message: `${place.grain ? `\`${place.grain}\`` : "A template"} reads \`${grain.name}\` but does not wait for it.`,
      remedy: `Add \`depends-on: ${grain.name}\`.`,
    };
  return checkGrainPart(grain, part ?? null, rest) ?? checkSensitiveOutput(grain, rest.at(-1) ?? null, place);
}

function checkSensitiveOutput(grain: Grain, output: string | null, place: Place): Finding | null {
  const leaks = place.isShown && output !== null && grain.spec.sensitiveOutputs.includes(output);
  return leaks ? secretFlow(`the sensitive output \`${output}\` of \`${grain.name}\``) : null;
}

function checkGrainPart(grain: Grain, part: string | null, rest: Reference): Finding | null {
  if (part === "is_active") return null;
  if (part === "outputs") return checkOutput(grain, rest[0] ?? null, declaredOutputs(grain));
  if (part === "scripts") {
    const script = grain.spec.scripts[rest[0] ?? ""];
    return script
      ? checkOutput(grain, rest[2] ?? null, script.outputs)
      : unknownPart(grain, `scripts.${rest[0] ?? ""}`);
  }
  if (part === "activities") {
    const [activity, , name, , output] = rest;
    const commands = activity === "deploy" || activity === "destroy" ? grain.spec.activities[activity] : [];
    const command = commands.find((candidate) => candidate.name !== null && candidate.name === name);
    return command
      ? checkOutput(grain, output ?? null, command.outputs)
      : unknownPart(grain, `activities.${activity}.commands.${name}`);
  }
  return unknownPart(grain, part ?? "");
}

function unknownPart(grain: Grain, part: string): Finding {
  return {
    code: "BP_UNKNOWN_OUTPUT",
    message: `A template reads \`${part.slice(0, 80)}\` of \`${grain.name}\`, which the grain does not have.`,
    remedy: "Use `.outputs.<name>`, or the outputs of a script or command that the grain names.",
  };
}

function checkOutput(grain: Grain, output: string | null, declared: readonly string[]): Finding | null {
  if (output === null || declared.includes(output)) return null;
  const near = nearest(output, declared);
  return {
    code: "BP_UNKNOWN_OUTPUT",
    message: `A template reads the output \`${output.slice(0, 60)}\` of \`${grain.name}\`, which the grain does not declare.`,
    remedy: near
      ? `Did you mean \`${near}\`?`
      : `Add it to the outputs of \`${grain.name}\`. Declared: ${choices(declared) || "none"}.`,
  };
}

/** Outputs of a grain: its own list, and those of its commands. */
export function declaredOutputs(grain: Grain): string[] {
  const commands = [...grain.spec.activities.deploy, ...grain.spec.activities.destroy];
  return [...new Set([...grain.spec.outputs, ...commands.flatMap((command) => command.outputs)])];
}
