import { expect, test } from "vitest";
import { identityOf, isPartOfOwn, isSearchable, plannedId } from "./import-ids.ts";

const of = (rest: string) => `arn:aws:${rest}`;

test.each([
  ["ec2:eu-central-1:123456789012:vpc/vpc-1", "aws_vpc", "vpc-1"],
  ["s3:::files", "aws_s3_bucket", "files"],
  ["dynamodb:eu-central-1:123456789012:table/items", "aws_dynamodb_table", "items"],
  ["logs:eu-central-1:123456789012:log-group:/app/x", "aws_cloudwatch_log_group", "/app/x"],
  ["sns:eu-central-1:123456789012:news", "aws_sns_topic", of("sns:eu-central-1:123456789012:news")],
  ["sqs:eu-central-1:123456789012:work", "aws_sqs_queue", "https://sqs.eu-central-1.amazonaws.com/123456789012/work"],
])("%s is imported as %s by %s", (rest, type, id) => {
  expect(identityOf(of(rest))).toEqual({ type, id });
  expect(isSearchable(type)).toBe(true);
});

test.each([
  "ec2:eu-central-1:123456789012:snapshot-of-something/x",
  "backup:eu-central-1:123456789012:recovery-point:x",
  "dynamodb:eu-central-1:123456789012:table/items/backup/01",
])("%s is of no type that could be imported", (rest) => {
  expect(identityOf(of(rest))).toBeUndefined();
});

test("a name of the plan is the id of what is named, and of nothing else", () => {
  expect(plannedId("aws_iam_role", { name: "app" })).toBe("app");
  expect(plannedId("aws_iam_role", {})).toBeUndefined();
  expect(plannedId("aws_security_group", { name: "web" })).toBeUndefined();
});

test("what belongs to something of the same plan needs no looking for; what belongs to another's does", () => {
  const own = new Set(["app"]);
  expect(isPartOfOwn("aws_iam_role_policy", { role: "app" }, own)).toBe(true);
  expect(isPartOfOwn("aws_iam_role_policy", { role: "their-role" }, own)).toBe(false);
  expect(isPartOfOwn("aws_route", { destination_cidr_block: "0.0.0.0/0" }, own), "the table is made first").toBe(true);
  expect(isPartOfOwn("aws_iam_role", {}, own)).toBe(false);
});
