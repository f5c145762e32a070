import type { Source } from "#server/blueprint/blueprint.ts";
import { type Fields, readFields, textOf } from "#server/blueprint/fields.ts";
import type { Located } from "#server/blueprint/located.ts";
import { addError, type Report } from "#server/blueprint/report.ts";
import { isTemplate } from "#server/blueprint/template/engine.ts";

const sourceFields = [
  "store",
  "path",
  "branch",
  "commit",
  "tag",
  "resource-type",
  "chart-version",
  "path-in-archive",
  "name",
];

/** Reads where files come from. A path stays inside its store; a URL is https and names no private address. */
export function readSource(report: Report, node: Located | undefined): Source | null {
  if (!node) return null;
  const fields = readFields(report, node, sourceFields);
  const text = (name: string) => textOf(report, fields.get(name)) ?? null;
  const path = text("path") ?? "";
  const pathNode = fields.get("path");
  if (pathNode) checkPath(report, pathNode, path);
  return {
    store: text("store"),
    path,
    ref: readRef(report, fields),
    resourceType: text("resource-type"),
    name: text("name"),
  };
}

function readRef(report: Report, fields: Fields): Source["ref"] {
  const given = (["branch", "commit", "tag"] as const).filter((kind) => fields.get(kind));
  if (given.length > 1)
    addError(report, fields.spot, {
      code: "BP_SOURCE_REF",
      message: `\`${fields.spot.path}\` names ${given.join(" and ")}; only one of branch, commit and tag may be given.`,
      remedy: "Keep the one that was reviewed, best the commit.",
    });
  const [kind] = given;
  const node = kind && fields.get(kind);
  const name = textOf(report, node);
  if (!kind || !node || name === undefined) return null;
  if (!isTemplate(name) && !/^[A-Za-z0-9_][A-Za-z0-9_./@+-]*$/.test(name))
    addError(report, node, {
      code: "BP_SOURCE_REF",
      message: `\`${name.slice(0, 80)}\` is not a usable ${kind}.`,
      remedy: `A ${kind} starts with a letter or digit and has no spaces.`,
    });
  return { kind, name };
}

/** Reports a path that could lead out of its folder, or a URL that could reach what it should not. */
export function checkPath(report: Report, node: Located, path: string): void {
  const literal = path.replace(/\{\{[\s\S]*?\}\}/g, "x");
  if (/^[a-z][a-z0-9+.-]*:/i.test(literal) || literal.includes("::")) checkUrl(report, node, literal);
  else if (!isInside(literal))
    addError(report, node, {
      code: "BP_PATH_TRAVERSAL",
      message: `The path \`${path.slice(0, 120)}\` leads out of its folder.`,
      remedy: "Use a path below the folder, with `/` between names and without `..`.",
    });
}

/** Whether a path, decoded once, stays below where it starts. */
export function isInside(path: string): boolean {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return false;
  }
  const plain = [path, decoded].every((form) => !form.includes("\\") && !form.startsWith("/") && !form.startsWith("-"));
  return plain && decoded.split("/").every((part) => !/^\.{2,}$/.test(part) && !part.startsWith("~"));
}

function checkUrl(report: Report, node: Located, url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const path = parsed ? parsed.pathname.replace(/^\//, "").replaceAll("//", "/") : "..";
  if (parsed?.protocol === "https:" && !parsed.username && isPublicHost(parsed.hostname) && isInside(path)) return;
  addError(report, node, {
    code: "BP_SOURCE_URL",
    message: `\`${url.slice(0, 120)}\` is not an address that files may be fetched from: only https to a public host is.`,
    remedy: "Use an https address without user name, or a path in a connected store.",
  });
}

/** Literal addresses and names of this host or its network are never fetched. */
function isPublicHost(host: string): boolean {
  if (host.startsWith("[") || /^[\d.]+$/.test(host)) return false;
  return host.includes(".") && !/(?:^|\.)(?:localhost|local|internal|home|lan|arpa)$/i.test(host);
}
