import { evaluate } from "#server/plan/eval/evaluate.ts";
import { Scope } from "#server/plan/eval/scope.ts";
import { parseTemplateFile } from "#server/plan/hcl/parse-template.ts";
import { LimitError, PlanError } from "#server/plan/plan-error.ts";
import { resolvePath } from "#server/plan/source-files.ts";
import { ANY, BOOL, STRING, setOf } from "#server/plan/value/type.ts";
import {
  bool,
  entriesOf,
  findUnknown,
  isUnknown,
  set,
  text,
  textOf,
  unknown,
  type Value,
} from "#server/plan/value/value.ts";
import type { Call, FunctionSpec, FunctionTable } from "./function.ts";
import { globToPattern } from "./glob.ts";

/** Files are read only below the source of the plan; what lies outside is unknown or an error, never opened. */
export const fileFunctions: FunctionTable = {
  abspath: onPath(() => unknown(STRING, "abspath() depends on the machine that runs the plan")),
  pathexpand: onPath((path) =>
    path.startsWith("~") ? unknown(STRING, "pathexpand() depends on the account that runs the plan") : text(path),
  ),
  basename: onPath((path) => text(baseName(path))),
  dirname: onPath((path) => text(directoryName(path))),
  file: onPath((path, call) => text(decodeUtf8(readModuleFile(path, call), path))),
  filebase64: onPath((path, call) => text(Buffer.from(readModuleFile(path, call)).toString("base64"))),
  fileexists: {
    parameters: [STRING],
    returns: BOOL,
    reads: "whole",
    apply: ([path], call) => bool(findFile(textOf(path!), call) !== undefined),
  },
  fileset: {
    parameters: [STRING, STRING],
    returns: setOf(STRING),
    reads: "whole",
    apply: ([folder, pattern], call) => listFiles(textOf(folder!), textOf(pattern!), call),
  },
  templatefile: {
    parameters: [STRING, ANY],
    returns: ANY,
    reads: "raw",
    apply: ([path, names], call) => renderFile(path!, names!, call),
  },
  templatestring: {
    parameters: [STRING, ANY],
    returns: ANY,
    reads: "raw",
    apply: ([source, names], call) => renderText(source!, names!, call),
  },
};

function onPath(change: (path: string, call: Call) => Value): FunctionSpec {
  return {
    parameters: [STRING],
    returns: STRING,
    reads: "whole",
    apply: ([path], call) => change(textOf(path!), call),
  };
}

function baseName(path: string): string {
  if (path === "") return ".";
  const trimmed = path.replace(/\/+$/, "");
  return trimmed === "" ? "/" : trimmed.slice(trimmed.lastIndexOf("/") + 1);
}

function directoryName(path: string): string {
  const head = path.slice(0, path.lastIndexOf("/") + 1);
  const cleaned = resolveRelative(head);
  return cleaned === "" ? (head.startsWith("/") ? "/" : ".") : cleaned;
}

function resolveRelative(path: string): string {
  const kept: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && kept.length > 0 && kept.at(-1) !== "..") kept.pop();
    else if (part !== ".." || !path.startsWith("/")) kept.push(part);
  }
  return (path.startsWith("/") ? "/" : "") + kept.join("/");
}

/** Terraform runs in the root module's folder, so relative paths start there. */
function sourcePath(path: string, call: Call): string | undefined {
  return path.startsWith("/") || path.startsWith("~") ? undefined : resolvePath(call.context.rootPath, path);
}

function findFile(path: string, call: Call): Uint8Array | undefined {
  const resolved = sourcePath(path, call);
  return resolved === undefined ? undefined : call.context.files.read(resolved);
}

export function readModuleFile(path: string, call: Call): Uint8Array {
  const content = findFile(path, call);
  if (content) return content;
  const remedy = "Only files that belong to the grain's source can be read; start the path with path.module.";
  throw new PlanError(`there is no file "${path}".`, undefined, remedy);
}

function decodeUtf8(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new PlanError(`the file "${path}" is not UTF-8 text.`, undefined, "Read it with filebase64().");
  }
}

function listFiles(folder: string, pattern: string, call: Call): Value {
  const base = sourcePath(folder, call);
  if (base === undefined) throw new PlanError(`"${folder}" is outside of the grain's source.`);
  const matcher = globToPattern(pattern);
  const paths = call.context.files.list(base).map((path) => (base === "" ? path : path.slice(base.length + 1)));
  call.context.budget.collection(paths.length, call.at);
  return set(STRING, paths.filter((path) => matcher.matches(path)).map(text));
}

function renderFile(path: Value, names: Value, call: Call): Value {
  if (isUnknown(path)) return unknown(ANY, path.reason ?? "not known");
  if (path.content === null) throw new PlanError("the path must not be null.");
  const file = sourcePath(textOf(path), call) ?? textOf(path);
  const source = decodeUtf8(readModuleFile(textOf(path), call), textOf(path));
  return render({ file, source }, names, call);
}

function renderText(source: Value, names: Value, call: Call): Value {
  if (isUnknown(source)) return unknown(ANY, source.reason ?? "not known");
  return render({ file: call.at.file, source: textOf(source) }, names, call);
}

function render(template: { file: string; source: string }, names: Value, call: Call): Value {
  if (isUnknown(names)) return unknown(ANY, names.reason ?? "not known");
  if (!(names.content instanceof Map)) throw new PlanError("the variables must be a map or object.");
  const open = names.type.kind === "object" && names.type.open ? findUnknown(names) : undefined;
  if (open !== undefined) return unknown(ANY, open);
  const { budget } = call.context;
  const expression = parseTemplateFile({
    file: template.file,
    text: template.source,
    maxDepth: budget.limits.maxSyntaxDepth,
  });
  const variables = entriesOf(names);
  const resolve = (name: string): Value => {
    const found = variables.get(name);
    if (found) return found;
    throw new PlanError(`the template uses "${name}", which is not among its variables.`);
  };
  if (templateDepth(call) > 20) throw new LimitError("templates are nested more than 20 levels deep.");
  const context = { ...call.context, resolve, templateDepth: templateDepth(call) + 1 };
  const result = evaluate(expression, new Scope(context));
  return names.sensitive ? { ...result, sensitive: true } : result;
}

function templateDepth(call: Call): number {
  return call.context.templateDepth ?? 0;
}
