import fs from "node:fs";
import { expect, test } from "vitest";
import type { KnownResource } from "#server/grain/driver.ts";
import { grainOf, scriptedStep } from "#server/grain/testing/scripted-step.ts";
import { intendAll, intentFile, replay } from "./replay.ts";
import { streamFile } from "./run-terraform.ts";

const intentions = ["aws_vpc.a", "aws_iam_role.b", "aws_s3_bucket.c"].map((address) => {
  const [type = "", name = ""] = address.split(".");
  return { address, type, name, ...(type !== "aws_vpc" && { cloudId: "app" }) };
});
const known: KnownResource[] = intentions.map((intention) => ({
  ...{ cloudId: null, region: null, attributes: {}, state: "intended" },
  ...intention,
}));
const said = (type: string, address: string, more: object = {}) => {
  const [resourceType, name] = address.split(".");
  const resource = { addr: address, resource_type: resourceType, resource_name: name };
  return JSON.stringify({ type, hook: { resource, action: "create", ...more } });
};
const stepWith = (lines: string[]) => {
  const step = scriptedStep(grainOf("terraform", {}));
  const hear = () => fs.writeFileSync(streamFile(step), lines.join("\n"));
  return { step, hear };
};

test("the heir knows what was made, suspects what was begun, and strikes what was not", async () => {
  const { step, hear } = stepWith([
    said("apply_start", "aws_vpc.a"),
    said("apply_start", "aws_iam_role.b"),
    said("apply_complete", "aws_vpc.a", { id_value: "vpc-1" }),
  ]);
  await intendAll(step, intentions);
  hear();
  expect(await replay(step, known)).toMatchObject([
    { address: "aws_vpc.a", state: "created", cloudId: "vpc-1" },
    { address: "aws_iam_role.b", state: "intended", cloudId: "app" },
  ]);
  expect(step.journalled.slice(-1)).toEqual(["destroyed aws_s3_bucket.c"]);
  expect(await replay(step, []), "nothing is heard twice").toEqual([]);
});

test("an apply that never began leaves no suspects", async () => {
  const { step } = stepWith([]);
  await intendAll(step, intentions);
  expect(await replay(step, known)).toEqual([]);
});

test("on another machine nothing was heard: everything that was intended stays under suspicion", async () => {
  const { step } = stepWith([]);
  expect(await replay(step, known)).toEqual(known);
  expect(step.journalled).toEqual([]);
});

test("where what the apply said is lost, nothing is taken for not begun", async () => {
  const { step } = stepWith([]);
  await intendAll(step, intentions);
  fs.rmSync(streamFile(step));
  expect(await replay(step, known)).toEqual(known);
});

test("a note that was cut off while it was written hinders nobody", async () => {
  const { step } = stepWith([]);
  await intendAll(step, intentions);
  fs.writeFileSync(intentFile(step), '["aws_v');
  expect(await replay(step, known)).toEqual(known);
});
