import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { crashPoints } from "./crashpoint.ts";

test("every crash point of the list lies somewhere in the code", () => {
  const root = import.meta.dirname;
  const sources = fs
    .readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => fs.readFileSync(path.join(root, name), "utf8"))
    .join("\n");
  expect(crashPoints.filter((point) => !sources.includes(`crashpoint("${point}")`))).toEqual([]);
});
