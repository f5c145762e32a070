import { renderTemplate } from "#server/blueprint/render.ts";
import type { TemplateRoots } from "#server/blueprint/template/roots.ts";
import type { EstimateWarning } from "#server/cost/cost.ts";
import { mergeUsage, noUsage, parseUsage, type UsageFile, withoutPseudoTypes } from "#server/cost/usage.ts";
import { Problem } from "#server/errors.ts";
import { resolvePath } from "#server/plan/source-files.ts";

/** Infracost's name for it, so that a repository's file serves both. */
const fileName = "infracost-usage.yml";

export type GrainUsage = { usage: UsageFile; files: string[]; warnings: EstimateWarning[] };

function readUsage(
  path: string,
  text: string,
  roots: TemplateRoots,
): { usage: UsageFile; warnings: EstimateWarning[] } {
  try {
    return { usage: parseUsage(renderTemplate(text, roots)), warnings: [] };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { usage: noUsage, warnings: [{ code: "usage_file", text: `${path} is not used: ${error.message}` }] };
  }
}

/**
 * The usage that a blueprint states for a grain: the file beside its module over the one in the blueprint's folder. Inputs
 * may stand in it, so that a requester can state a figure at launch. What no resource stands for, such as data
 * transfer, counts once: with the first grain.
 */
export function grainUsage(
  files: Readonly<Record<string, string>>,
  grain: { modulePath: string; isFirst: boolean },
  roots: TemplateRoots,
): GrainUsage {
  const beside = resolvePath(grain.modulePath, fileName);
  const paths = [...new Set([fileName, ...(beside === undefined ? [] : [beside])])];
  const found = paths.filter((path) => Object.hasOwn(files, path));
  const read = found.map((path) => ({ path, ...readUsage(path, files[path]!, roots) }));
  const usages = read.map(({ path, usage }) =>
    grain.isFirst || path !== fileName ? usage : withoutPseudoTypes(usage),
  );
  return {
    usage: usages.reduce(mergeUsage, noUsage),
    files: read.filter(({ warnings }) => warnings.length === 0).map(({ path }) => path),
    warnings: read.flatMap(({ warnings }) => warnings),
  };
}
