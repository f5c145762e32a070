import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parseBlueprint } from "./parse-blueprint.ts";
import { decodeText } from "./text-safety.ts";

const corpus = path.resolve(import.meta.dirname, "../../../shared/adversarial");
const isPresent = fs.existsSync(corpus);

type Line = { file: string; expect: string; where: string; mentions: string[]; code: string };

function readIndex(folder: string): Line[] {
  const text = isPresent ? fs.readFileSync(path.join(corpus, folder, "index.jsonl"), "utf8") : "";
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

function parseFile(folder: string, file: string) {
  const decoded = decodeText(fs.readFileSync(path.join(corpus, folder, file)));
  if ("finding" in decoded) return { problems: [{ ...decoded.finding, row: 1, path: "", severity: "error" }] };
  return parseBlueprint({ [file]: decoded.text });
}

/** Rows the index names (`line 6-7`), or null where it names a field. */
function expectedRows(where: string): [number, number] | null {
  const found = /^line (\d+)(?:-(\d+))?/.exec(where);
  return found ? [Number(found[1]), Number(found[2] ?? found[1])] : null;
}

describe.skipIf(!isPresent)("hostile blueprints", () => {
  test.each(readIndex("bad-blueprints"))("$file is refused or contained for its fault", (line) => {
    const start = process.cpuUsage();
    const { problems, ...parsed } = parseFile("bad-blueprints", line.file);
    // Processor time, so that a busy machine does not fail the promise.
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(2_000);
    const errors = problems.filter((problem) => problem.severity === "error");
    if (line.expect === "contain" || (line.expect === "reject-or-contain" && errors.length === 0)) {
      expect(errors).toEqual([]);
      return;
    }
    expect(parsed).not.toHaveProperty("blueprint");
    const said = errors.map((error) => `${error.path} ${error.message} ${error.remedy}`).join("\n");
    for (const word of line.mentions) expect(said.toLowerCase()).toContain(word.toLowerCase());
    const rows = expectedRows(line.where);
    if (rows) expect(errors.some((error) => error.row >= rows[0] && error.row <= rows[1])).toBe(true);
    expect(said).not.toContain("CANARY-SECRET");
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
    expect(errors.map((error) => error.code)).toContain(line.code);
  });

  test.each(readIndex("../adversarial/controls/good-blueprints"))("$file is accepted", (line) => {
    const { problems } = parseFile("controls/good-blueprints", line.file);
    expect(problems.filter((problem) => problem.severity === "error")).toEqual([]);
  });
});
