import type { GrainSpec, ShellCommand, Source } from "#server/blueprint/blueprint.ts";
import { listOf, readFields, reportMissing, requiredText, textOf, textsOf } from "#server/blueprint/fields.ts";
import { type Located, toText } from "#server/blueprint/located.ts";
import { addError, type Report } from "#server/blueprint/report.ts";
import { findUnsafeInterpolation } from "#server/blueprint/template/shell.ts";
import { checkPath } from "./source.ts";

/** A shell grain's commands: `deploy`, `destroy`, and Gantry's `check`. */
export function readActivities(report: Report, node: Located | undefined): GrainSpec["activities"] {
  const fields = readFields(report, node, ["deploy", "destroy", "check"]);
  if (node && !fields.get("deploy")) reportMissing(report, fields, "deploy");
  const read = (name: string) =>
    readCommands(report, readFields(report, fields.get(name), ["commands"]).get("commands"));
  return { deploy: read("deploy"), destroy: read("destroy"), check: read("check") };
}

/** A command is a text, or `{ name, command, outputs }`. */
export function readCommands(report: Report, node: Located | undefined): ShellCommand[] {
  return listOf(report, node).map((item) => {
    if (item.kind !== "map") {
      const command = textOf(report, item) ?? toText(item);
      checkCommand(report, item, command);
      return { name: null, command, outputs: [] };
    }
    const fields = readFields(report, item, ["name", "command", "outputs"]);
    const command = requiredText(report, fields, "command") ?? "";
    checkCommand(report, fields.get("command") ?? item, command);
    return {
      name: textOf(report, fields.get("name")) ?? null,
      command,
      outputs: readOutputNames(report, fields.get("outputs")),
    };
  });
}

function readOutputNames(report: Report, node: Located | undefined): string[] {
  const names = textsOf(report, node);
  for (const name of names)
    if (node && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
      addError(report, node, {
        code: "BP_NAME",
        message: `\`${name.slice(0, 60)}\` is not the name of a shell variable.`,
        remedy: "An output of a command is a variable: letters, digits and `_`.",
      });
  return names;
}

function checkCommand(report: Report, node: Located, command: string): void {
  const reason = findUnsafeInterpolation(command);
  if (!reason) return;
  addError(report, node, {
    code: "BP_SHELL_INTERPOLATION",
    message: `The command cannot take a value from a template safely: ${reason}.`,
    remedy: 'Pass the value through `env-vars` and write `"$NAME"` in the command.',
  });
}

/** Files laid beside the commands. `source` names the repository; without it the file is the blueprint's own. */
export function readShellFiles(report: Report, node: Located | undefined): Source[] {
  return listOf(report, node).map((item) => {
    const fields = readFields(report, item, ["source", "path", "branch", "commit", "tag", "name"]);
    const path = requiredText(report, fields, "path") ?? "";
    const pathNode = fields.get("path");
    if (pathNode) checkPath(report, pathNode, path);
    const kind = (["commit", "tag", "branch"] as const).find((name) => fields.get(name));
    const name = kind && textOf(report, fields.get(kind));
    return {
      store: textOf(report, fields.get("source")) ?? null,
      path,
      ref: kind && name ? { kind, name } : null,
      resourceType: null,
      name: textOf(report, fields.get("name")) ?? null,
    };
  });
}
