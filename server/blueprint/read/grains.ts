import { type Grain, type GrainApproval, type GrainKind, grainKinds } from "#server/blueprint/blueprint.ts";
import {
  entriesOf,
  type Fields,
  listOf,
  namesOf,
  readFields,
  reportMissing,
  textOf,
  textsOf,
  wordOf,
} from "#server/blueprint/fields.ts";
import { limits } from "#server/blueprint/limits.ts";
import { type Located, type Spot, toText } from "#server/blueprint/located.ts";
import { checkName, nearest } from "#server/blueprint/names.ts";
import { addError, type Report } from "#server/blueprint/report.ts";
import { spellOut } from "#server/blueprint/text-safety.ts";
import { readSpec } from "./spec.ts";

export function readGrains(report: Report, node: Located | undefined): Grain[] {
  const entries = [...entriesOf(report, node)];
  if (node && entries.length > limits.grains)
    addError(report, node, {
      code: "BP_TOO_MANY_ITEMS",
      message: `There are ${entries.length} grains; the limit is ${limits.grains}.`,
      remedy: "Split the blueprint and nest it with a `blueprint` grain.",
    });
  return entries.slice(0, limits.grains).flatMap(([name, { key, value }]) => {
    checkName(report, name, { spot: key, what: "grain" });
    return readGrain(report, value, { name, key }) ?? [];
  });
}

const grainFields = ["kind", "spec", "depends-on", "tf-version", "when", "approvals", "condition", "env-labels"];

function readGrain(report: Report, node: Located, { name, key }: { name: string; key: Spot }): Grain | null {
  const fields = readFields(report, node, grainFields);
  const kind = readKind(report, fields);
  if (!kind) return null;
  if (!fields.get("spec")) reportMissing(report, fields, "spec");
  const spec = readSpec(report, fields.get("spec"), kind);
  spec.version ??= textOf(report, fields.get("tf-version")) ?? null;
  const labels = readFields(report, fields.get("env-labels"), ["on-success", "on-failure"]);
  const grain: Grain = {
    name,
    kind,
    dependsOn: namesOf(report, fields.get("depends-on")),
    approvals: readApprovals(report, fields),
    environmentLabels: {
      onSuccess: listOf(report, labels.get("on-success")).map(toText),
      onFailure: listOf(report, labels.get("on-failure")).map(toText),
    },
    spec,
    place: { file: report.file, row: key.row, column: key.column, path: key.path },
  };
  const when = textOf(report, fields.get("when"));
  if (when !== undefined) grain.when = when;
  return grain;
}

function readKind(report: Report, fields: Fields): GrainKind | null {
  const node = fields.get("kind");
  const text = textOf(report, node);
  if (!node) reportMissing(report, fields, "kind");
  if (!node || text === undefined) return null;
  const known = grainKinds.find((kind) => kind === text);
  if (known) return known;
  const near = nearest(text, grainKinds);
  addError(report, node, {
    code: "BP_UNKNOWN_KIND",
    message: `\`${spellOut(text)}\` is not a grain kind (\`${node.path}\`).`,
    remedy: `${near ? `Did you mean \`${near}\`? ` : ""}Known kinds: ${grainKinds.join(", ")}.`,
  });
  return null;
}

const requesterWord = /owner_?email|requester|\bself\b|initiator|launched_?by|\.inputs\b|\.grains\b/i;

/** Both spellings: `approvals` of the documentation, `condition` of the schema. */
function readApprovals(report: Report, fields: Fields): GrainApproval[] {
  const items = [...listOf(report, fields.get("approvals")), ...listOf(report, fields.get("condition"))];
  return items.map((item) => {
    const approval = readFields(report, item, ["name", "type", "message", "channels"]);
    return {
      name: textOf(report, approval.get("name")) ?? "approval",
      message: textOf(report, approval.get("message")) ?? "",
      channels: listOf(report, approval.get("channels")).map((channel) => readChannel(report, channel)),
    };
  });
}

function readChannel(report: Report, node: Located): GrainApproval["channels"][number] {
  const fields = readFields(report, node, ["type", "users", "groups", "names"]);
  const type = wordOf(report, fields.get("type"), ["user", "group", "account_channels"]) ?? "group";
  const names = ["users", "groups", "names"].flatMap((name) => textsOf(report, fields.get(name)));
  const own = names.find((name) => requesterWord.test(name) && /\{\{|\{%/.test(name));
  if (own)
    addError(report, node, {
      code: "BP_SELF_APPROVAL",
      message: `The approvers contain \`${own.slice(0, 80)}\`: an approval may not be given by whoever asks for it.`,
      remedy: "Name a group or people who do not depend on the request.",
    });
  return { type, names };
}
