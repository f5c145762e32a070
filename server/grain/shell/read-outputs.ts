import fs from "node:fs";
import { StepFailed } from "#server/grain/driver.ts";

const largest = 1_000_000;
const assignment = /^([A-Za-z_][A-Za-z0-9_.-]*)(=|<<)(.*)$/;

/** Reads `name=value` lines, and `name<<EOF` … `EOF` for values of several lines. */
export function readOutputsFile(file: string): Record<string, string> {
  const status = fs.statSync(file, { throwIfNoEntry: false });
  if (!status) return {};
  if (status.size > largest) throw new StepFailed(`The outputs are larger than ${largest} bytes.`);
  return parseOutputs(fs.readFileSync(file, "utf8"));
}

export function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split(/\r?\n/);
  for (let row = 0; row < lines.length; row++) {
    const line = lines[row] ?? "";
    if (line.trim() === "") continue;
    const [, name, sign, rest = ""] = assignment.exec(line) ?? [];
    // The line itself may be a secret, so the message counts and does not quote.
    if (!name) throw new StepFailed(`Line ${row + 1} of the outputs file is neither name=value nor name<<END.`);
    if (sign === "=") {
      outputs[name] = rest;
      continue;
    }
    const end = lines.indexOf(rest, row + 1);
    if (rest === "" || end === -1)
      throw new StepFailed(`The output "${name}" on line ${row + 1} of the outputs file has no closing line.`);
    outputs[name] = lines.slice(row + 1, end).join("\n");
    row = end;
  }
  return outputs;
}

/** Everything in a file that may be half-written and could be a value: too much rather than too little. */
export function peekSecrets(file: string): string[] {
  const status = fs.statSync(file, { throwIfNoEntry: false });
  if (!status || status.size > largest) return [];
  return fs
    .readFileSync(file, "utf8")
    .split(/\r?\n/)
    .map((line) => assignment.exec(line)?.[3] ?? line)
    .filter((value) => value !== "");
}
