import type { OutputDefinition } from "#server/blueprint/blueprint.ts";
import { entriesOf, flagOf, readFields, requiredText, wordOf } from "#server/blueprint/fields.ts";
import { limits } from "#server/blueprint/limits.ts";
import type { Located } from "#server/blueprint/located.ts";
import { checkName } from "#server/blueprint/names.ts";
import { addError, type Report } from "#server/blueprint/report.ts";

export function readOutputs(report: Report, node: Located | undefined): OutputDefinition[] {
  const entries = [...entriesOf(report, node)];
  if (node && entries.length > limits.outputs)
    addError(report, node, {
      code: "BP_TOO_MANY_ITEMS",
      message: `There are ${entries.length} outputs; the limit is ${limits.outputs}.`,
      remedy: "Show the outputs people need.",
    });
  return entries.slice(0, limits.outputs).map(([name, { key, value }]) => {
    checkName(report, name, { spot: key, what: "output" });
    const fields = readFields(report, value, ["value", "kind", "quick", "description", "sensitive"]);
    const kind = wordOf(report, fields.get("kind"), ["regular", "link", "string"]);
    return {
      name,
      value: requiredText(report, fields, "value") ?? "",
      kind: kind === "link" ? "link" : "regular",
      quick: flagOf(report, fields.get("quick"), false),
      sensitive: flagOf(report, fields.get("sensitive"), false),
    };
  });
}
