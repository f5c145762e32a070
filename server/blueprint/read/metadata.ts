import type { BlueprintLabel } from "#server/blueprint/blueprint.ts";
import { flagOf, listOf, readFields, textOf } from "#server/blueprint/fields.ts";
import { type Located, toText } from "#server/blueprint/located.ts";
import { addError, type Report } from "#server/blueprint/report.ts";
import { checkPath, isInside } from "./source.ts";

export type Metadata = { displayName: string | undefined; labels: BlueprintLabel[]; gantry: Located | undefined };

export function readMetadata(report: Report, node: Located | undefined): Metadata {
  const fields = readFields(report, node, [
    "display-name",
    "self-service",
    "icon",
    "blueprint-labels",
    "estimated-ccu",
    "gantry",
  ]);
  const icon = readFields(report, fields.get("icon"), ["path"]).get("path");
  const path = textOf(report, icon);
  if (icon && path !== undefined) checkPath(report, icon, path);
  return {
    displayName: textOf(report, fields.get("display-name")),
    labels: listOf(report, fields.get("blueprint-labels")).map((label) => readLabel(report, label)),
    gantry: fields.get("gantry"),
  };
}

/** A label is a text, `{ key, value, initial-color, initial-quick-filter }`, or one `name: value` pair. */
function readLabel(report: Report, node: Located): BlueprintLabel {
  if (node.kind !== "map") return { key: textOf(report, node) ?? "", value: null, color: null, quickFilter: false };
  const [first] = node.entries;
  if (!node.entries.has("key") && node.entries.size === 1 && first)
    return { key: first[0], value: toText(first[1].value) || null, color: null, quickFilter: false };
  const fields = readFields(report, node, ["key", "value", "initial-color", "initial-quick-filter"]);
  return {
    key: textOf(report, fields.get("key")) ?? "",
    value: textOf(report, fields.get("value")) ?? null,
    color: textOf(report, fields.get("initial-color")) ?? null,
    quickFilter: flagOf(report, fields.get("initial-quick-filter"), false),
  };
}

/** Labels for the environment: texts or `{ key: value }`, both templates. */
export function readEnvironmentLabels(
  report: Report,
  node: Located | undefined,
): { key: string; value: string | null }[] {
  const items = node?.kind === "map" ? [node] : listOf(report, node);
  return items.flatMap((item) => {
    if (item.kind !== "map") return { key: textOf(report, item) ?? "", value: null };
    return [...item.entries].map(([key, { value }]) => ({ key, value: value.kind === "null" ? null : toText(value) }));
  });
}

/** Instructions are text, or a Markdown file below `instructions/`. */
export function readInstructions(report: Report, node: Located | undefined, files: Record<string, string>): string {
  if (node?.kind === "text") return node.text;
  const fields = readFields(report, node, ["text", "source"]);
  const source = readFields(report, fields.get("source"), ["store", "path", "branch", "commit", "tag"]);
  const pathNode = source.get("path");
  const path = textOf(report, pathNode) ?? "";
  if (pathNode && /^[a-z][a-z0-9+.-]*:/i.test(path)) {
    addError(report, pathNode, {
      code: "BP_SOURCE_URL",
      message: "Instructions cannot be fetched from an address; `https` is for sources of grains only.",
      remedy: "Put a Markdown file below `instructions/`.",
    });
  } else if (pathNode && !(isInside(path) && /^(?:.*\/)?instructions\/.+\.(?:md|markdown)$/.test(path))) {
    addError(report, pathNode, {
      code: "BP_INSTRUCTIONS_PATH",
      message: `\`${path.slice(0, 120)}\` is not a Markdown file below \`instructions/\`.`,
      remedy: "Move the text to `instructions/<name>.md`.",
    });
  }
  return textOf(report, fields.get("text")) ?? (Object.hasOwn(files, path) ? (files[path] ?? "") : "");
}
