import { describe, expect, test } from "vitest";

import { Problem } from "#server/errors.ts";
import { parseUsage, usageOf, usageView } from "./usage.ts";

const file = parseUsage(`
version: 0.1
resource_type_default_usage:
  aws_lambda_function:
    monthly_requests: 100
    request_duration_ms: 250
resource_usage:
  aws_lambda_function.api[*]:
    monthly_requests: 200
  aws_lambda_function.api["eu"]:
    request_duration_ms: 500
  module.shop[*].aws_lambda_function.cart:
    monthly_requests: 7
  aws_cloudfront_distribution.cdn:
    monthly_http_requests:
      us: 10
`);

function lambda(address: string) {
  return usageView(usageOf(file, "aws_lambda_function", address));
}

describe("usage of a resource", () => {
  test("starts with the defaults of its type", () => {
    expect(lambda("aws_lambda_function.other").number("monthly_requests")).toBe(100);
  });

  test("takes the wildcard, then its own entry, each over the one below", () => {
    const usage = lambda('aws_lambda_function.api["eu"]');
    expect(usage.number("monthly_requests")).toBe(200);
    expect(usage.number("request_duration_ms")).toBe(500);
  });

  test("finds wildcards of modules too", () => {
    expect(lambda("module.shop[3].aws_lambda_function.cart").number("monthly_requests")).toBe(7);
  });

  test("may be nested", () => {
    const usage = usageView(usageOf(file, "aws_cloudfront_distribution", "aws_cloudfront_distribution.cdn"));
    expect(usage.at("monthly_http_requests").number("us")).toBe(10);
    expect(usage.at("monthly_https_requests").isEmpty).toBe(true);
  });

  test("that is negative, infinite or text is not a number", () => {
    const usage = usageView({ a: -1, b: Number.POSITIVE_INFINITY, c: "many", d: "12.5", e: null });
    expect(["a", "b", "c", "d", "e"].map((name) => usage.number(name))).toEqual([
      undefined,
      undefined,
      undefined,
      12.5,
      undefined,
    ]);
  });
});

describe("a usage file", () => {
  test("that is not YAML is refused with a reason", () => {
    expect(() => parseUsage("resource_usage: [")).toThrow(Problem);
  });

  test("of another shape states nothing", () => {
    expect(usageOf(parseUsage("- a\n- b"), "aws_instance", "aws_instance.web")).toEqual({});
    expect(usageOf(parseUsage("resource_usage: text"), "aws_instance", "aws_instance.web")).toEqual({});
  });
});
