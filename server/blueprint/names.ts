import { limits } from "./limits.ts";
import type { Spot } from "./located.ts";
import { addError, type Report } from "./report.ts";
import { spellOut } from "./text-safety.ts";

const namePattern = /^[A-Za-z0-9_](?:[A-Za-z0-9_ ().-]*[A-Za-z0-9_)])?$/;

/** Names of inputs, outputs and grains: ASCII, so that no two look alike, and never a path. */
export function checkName(report: Report, name: string, { spot, what }: { spot: Spot; what: string }): boolean {
  if (name.length > limits.nameLength) {
    addError(report, spot, {
      code: "BP_NAME",
      message: `The name of this ${what} has a length of ${name.length} characters; the limit is ${limits.nameLength}.`,
      remedy: "Shorten the name.",
    });
    return false;
  }
  if (namePattern.test(name) && !name.includes("..")) return true;
  addError(report, spot, {
    code: "BP_NAME",
    message: `\`${spellOut(name)}\` is not a usable name for an ${what}.`.replace("an grain", "a grain"),
    remedy: "Use ASCII letters, digits, `-`, `_`, `.`, brackets and inner spaces.",
  });
  return false;
}

/** The known name that was probably meant, if one is close. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[-_ ]/g, "");
  const wanted = plain(name.slice(0, 64));
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(wanted, plain(candidate)) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(1, Math.floor(wanted.length / 4)) ? best.candidate : undefined;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Variables by which a value could change which program runs or what it loads. */
const dangerousVariables = [
  /^(?:LD|DYLD|BASH|GANTRY|TORQUE|MALLOC|GLIBC|GCONV|NPM_CONFIG|SSH)_.*$/i,
  /^(?:PATH|ENV|IFS|CDPATH|HOME|SHELL|SHELLOPTS|BASHOPTS|PS4|PROMPT_COMMAND|GLOBIGNORE|TMPDIR|EDITOR|VISUAL|PAGER)$/i,
  /^(?:NODE_(?:OPTIONS|PATH|EXTRA_CA_CERTS|REPL.*)|PYTHON(?:PATH|HOME|STARTUP|INSPECT|EXECUTABLE)|PERL5?(?:LIB|OPT|DB)|RUBY(?:OPT|LIB))$/i,
  /^(?:JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|JDK_JAVA_OPTIONS|CLASSPATH)$/i,
  /^GIT_(?:SSH.*|EXEC_PATH|CONFIG.*|PROXY_COMMAND|EXTERNAL_DIFF|ASKPASS|EDITOR|PAGER|TEMPLATE_DIR|DIR|WORK_TREE)$/i,
  /^TF_(?:CLI|PLUGIN|LOG|DATA|WORKSPACE|REATTACH).*$/i,
  /^(?:https?|all|no|ftp)_proxy$/i,
];

/** Whether a variable's name is one a grain may set. */
export function isSafeVariable(name: string): boolean {
  return (
    /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) &&
    name.length <= 128 &&
    !dangerousVariables.some((pattern) => pattern.test(name))
  );
}
