import { RE2JS } from "re2js";
import { PlanError } from "#server/plan/plan-error.ts";

/** A path pattern of `fileset`: `*`, `**`, `?`, `[a-z]` and `{a,b}`. */
export function globToPattern(glob: string): RE2JS {
  if (glob.length > 1_000) throw new PlanError("the path pattern is longer than 1000 characters.");
  try {
    return RE2JS.compile(`^(?:${translate(glob)})$`);
  } catch (error) {
    throw new PlanError(`"${glob}" is not a valid path pattern: ${error instanceof Error ? error.message : error}.`);
  }
}

function translate(glob: string): string {
  let depth = 0;
  return glob.replace(/\*\*\/|\*\*|\*|\?|\[[!^]?[^\]]+\]|\\.|[{},]|[^\w/]/g, (part) => {
    if (part === "**/") return "(?:.*/)?";
    if (part === "**") return ".*";
    if (part === "*") return "[^/]*";
    if (part === "?") return "[^/]";
    if (part.startsWith("[")) return part.replace(/^\[!/, "[^");
    if (part === "{") depth += 1;
    if (part === "{") return "(?:";
    if (part === "}" && depth > 0) {
      depth -= 1;
      return ")";
    }
    if (part === "," && depth > 0) return "|";
    return part.startsWith("\\") && part.length === 2 ? `\\${part[1]}` : `\\${part}`;
  });
}
