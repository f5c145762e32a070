import path from "node:path";
import type { Grain } from "#server/blueprint/blueprint.ts";
import { addError, type Report } from "#server/blueprint/report.ts";

type Files = Readonly<Record<string, string>>;
type Call = { file: string; row: number; source: string };

const isTerraform = (name: string) => name.endsWith(".tf");
const folderOf = (name: string) => path.posix.dirname(name).replace(/^\.$/, "");

/** The Terraform files of one folder, those below it left out. */
const filesIn = (files: Files, folder: string) =>
  Object.keys(files).filter((name) => isTerraform(name) && folderOf(name) === folder);

/** The text of a block from its opening brace on. */
function bodyFrom(text: string, start: number): string {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === "{") depth++;
    if (text[at] === "}" && --depth === 0) return text.slice(start, at);
  }
  return text.slice(start);
}

/** The modules of the blueprint's own that a file calls: `source = "../modules/network"`. */
function localCalls(file: string, text: string): Call[] {
  const calls: Call[] = [];
  for (const block of text.matchAll(/^[ \t]*module[ \t]+"[^"\n]*"[ \t]*\{/gm)) {
    const start = block.index + block[0].length - 1;
    const found = /^[ \t{]*source[ \t]*=[ \t]*"(\.\.?(?:\/[^"\n]*)?)"/m.exec(bodyFrom(text, start));
    if (!found) continue;
    const row = text.slice(0, start + found.index + found[0].indexOf("source")).split("\n").length;
    calls.push({ file, row, source: found[1] ?? "" });
  }
  return calls;
}

/**
 * A grain's module may call any other in the blueprint's folder, and none outside of it: nothing else is there when it
 * runs. Found here, at publishing, rather than by Terraform in the middle of a launch.
 */
export function checkModules(report: Report, grains: readonly Grain[], files: Files): void {
  const seen = new Set<string>();
  const visit = (folder: string): void => {
    if (seen.has(folder)) return;
    seen.add(folder);
    for (const file of filesIn(files, folder))
      for (const call of localCalls(file, files[file] ?? "")) {
        const target = path.posix
          .join(folder || ".", call.source)
          .replace(/^\.$/, "")
          .replace(/\/$/, "");
        if (refuse(report, call, { target, files })) continue;
        visit(target);
      }
  };
  for (const { kind, spec } of grains)
    if ((kind === "terraform" || kind === "opentofu") && spec.source && !spec.source.store)
      visit(path.posix.normalize(spec.source.path).replace(/^\.?\/|\/$|^\.$/g, ""));
}

function refuse(report: Report, call: Call, { target, files }: { target: string; files: Files }): boolean {
  const own: Report = { file: call.file, problems: report.problems };
  const spot = { row: call.row, column: 1, path: "source" };
  if (target === ".." || target.startsWith("../")) {
    addError(own, spot, {
      code: "BP_MODULE_OUTSIDE",
      message: `The module \`${call.source}\` lies outside of the blueprint's folder.`,
      remedy: "Move the module into the blueprint's folder, or name a version of it by its address.",
    });
    return true;
  }
  if (Object.keys(files).some((name) => folderOf(name) === target && /\.tf(\.json)?$/.test(name))) return false;
  addError(own, spot, {
    code: "BP_NO_MODULE",
    message: `The module \`${call.source}\` is not in the blueprint's folder.`,
    remedy: "Add its files, or correct the path.",
  });
  return true;
}
