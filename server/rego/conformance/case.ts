import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseJson } from "#server/rego/values/parse-json.ts";
import { RegoObject } from "#server/rego/values/rego-object.ts";
import { isArray, type Value } from "#server/rego/values/value.ts";

/** One conformance case; fields are read as written, numbers keep their text. */
export class Case {
  readonly fields: RegoObject;

  constructor(fields: RegoObject) {
    this.fields = fields;
  }

  get(name: string): Value | undefined {
    return this.fields.get(name);
  }

  text(name: string): string | undefined {
    const value = this.fields.get(name);
    return typeof value === "string" ? value : undefined;
  }

  flag(name: string): boolean {
    return this.fields.get(name) === true;
  }

  texts(name: string): string[] {
    const value = this.fields.get(name);
    return value !== undefined && isArray(value) ? value.map(String) : [];
  }

  get id(): string {
    return this.text("id") ?? "?";
  }

  get version(): "v0" | "v1" {
    return this.text("rego_version") === "v0" ? "v0" : "v1";
  }

  get sources(): { file: string; source: string }[] {
    const files = this.texts("files");
    return this.texts("modules").map((source, i) => ({ file: files[i] ?? `test-${i}.rego`, source }));
  }
}

/** The suites below a folder, network cases left out. */
export function readSuites(folder: string): Map<string, Case[]> {
  const suites = new Map<string, Case[]>();
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => a.name.localeCompare(b.name))) {
    if (entry.isDirectory()) suites.set(entry.name, readCases(join(folder, entry.name)));
  }
  return suites;
}

function readCases(folder: string): Case[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json") && file !== "network.json")
    .sort()
    .flatMap((file) => {
      const topic = parseJson(readFileSync(join(folder, file), "utf8"));
      const cases = topic instanceof RegoObject ? topic.get("cases") : undefined;
      if (cases === undefined || !isArray(cases)) throw new Error(`${join(folder, file)} holds no cases`);
      return cases.map((fields) => new Case(fields as RegoObject));
    });
}
