import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { systemActor } from "#server/actor.ts";
import { parseBlueprint } from "#server/blueprint/parse-blueprint.ts";
import type { Estimate } from "#server/cost/cost.ts";
import { estimateGrains } from "./estimate-grains.ts";
import { planGrains } from "./plan-grains.ts";
import type { LaunchRequest } from "./request.ts";

/** A Cloud Pricing API that knows one price for whatever it is asked, until it is told to fail. */
const api = { asked: 0, fails: false };
const server = createServer((request, response) => {
  let text = "";
  request.on("data", (chunk) => {
    text += chunk;
  });
  request.on("end", () => {
    api.asked += 1;
    const answer = { data: { products: [{ prices: [{ priceHash: "a", USD: "0.25" }] }] } };
    const answers = (JSON.parse(text) as unknown[]).map(() => answer);
    response.writeHead(api.fails ? 503 : 200, { "content-type": "application/json" }).end(JSON.stringify(answers));
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  vi.stubEnv("INFRACOST_PRICING_API_ENDPOINT", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  Object.assign(api, { asked: 0, fails: false });
});

const blueprintYaml = `
spec_version: 2
description: Two parts
inputs:
  requests:
    type: string
    default: "1000000"
grains:
  db:
    kind: terraform
    spec:
      source: { path: db }
      agent: { name: local }
  queue:
    kind: terraform
    spec:
      source: { path: queue }
      agent: { name: local }
`;

const files = {
  "blueprint.yaml": blueprintYaml,
  "db/main.tf": `
    provider "aws" {
      region = "eu-central-1"
    }
    resource "aws_db_instance" "main" {
      instance_class    = "db.r7g.large"
      engine            = "postgres"
      allocated_storage = 20
    }`,
  "queue/main.tf": `
    provider "aws" {
      region = "us-east-1"
    }
    resource "aws_sqs_queue" "jobs" {
      count = 2
    }`,
};

function request(more: Record<string, string> = {}, pricedAs?: Estimate): LaunchRequest {
  const all = { ...files, ...more };
  const { blueprint, problems } = parseBlueprint(all, { name: "two" });
  if (!blueprint) throw new Error(JSON.stringify(problems));
  return {
    spaceId: "s",
    space: { slug: "s", tags: {} },
    revision: { id: "r", digest: "d", blueprint, files: all, createdAt: new Date(0) },
    name: "two",
    inputs: {},
    sensitiveInputs: {},
    durationMinutes: 60,
    owner: { id: "p", email: "p@example.com", name: "P", groups: [], roles: [] },
    requestedBy: systemActor("command"),
    evidence: {},
    ...(pricedAs && { pricedAs }),
  };
}

async function estimate(asked: LaunchRequest, values: Record<string, string> = {}): Promise<Estimate> {
  return estimateGrains(await planGrains(asked, values), { request: asked, values });
}

const resource = (found: Estimate, address: string) => found.resources.find((one) => one.address === address)!;

/** As a database gives it back: the same values, the keys in another order. */
const fromDatabase = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(fromDatabase)
    : typeof value === "object" && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? 1 : -1))
            .map(([key, item]) => [key, fromDatabase(item)]),
        )
      : value;

test("a connected pricing API fills what the book lacks and is asked once; each price says who gave it", async () => {
  const found = await estimate(request());
  const [machine, storage] = resource(found, "db: aws_db_instance.main").components;
  expect(machine).toMatchObject({ monthly: "182.5", state: "priced" });
  expect(machine?.priceRef).toMatchObject({ provider: "pricing-api", table: "pricing-api" });
  expect(found.catalogue.provider).toBe("pricing-api");
  expect(storage?.priceRef?.provider).toBeUndefined();
  const asked = api.asked;
  expect(await estimate(request())).toEqual(found);
  expect(api.asked).toBe(asked);
});

test("what was priced before keeps its prices and its hash, and asks nobody", async () => {
  const first = await estimate(request());
  api.fails = true;
  api.asked = 0;
  const again = await estimate(request({}, fromDatabase(first) as Estimate));
  expect(again.hash).toBe(first.hash);
  expect(api.asked).toBe(0);
});

test("usage beside a module wins over the blueprint's own, and inputs may stand in it", async () => {
  const found = await estimate(
    request({
      "infracost-usage.yml": `
resource_type_default_usage:
  aws_sqs_queue:
    monthly_requests: 500000000
    request_size: 64
resource_usage:
  aws_data_transfer.eu:
    region: us-east-1
    monthly_outbound_internet_gb: 10
  aws_lambda_function.gone:
    monthly_requests: 1
`,
      "queue/infracost-usage.yml": `
resource_usage:
  "aws_sqs_queue.jobs[*]":
    monthly_requests: {{ .inputs.requests }}
`,
    }),
    { requests: "2000000" },
  );
  expect(found.usageFiles).toEqual(["infracost-usage.yml", "queue/infracost-usage.yml"]);
  expect(resource(found, "queue: aws_sqs_queue.jobs[1]").components[0]).toMatchObject({
    quantity: "2",
    quantityFrom: "usage",
  });
  const transfers = found.resources.filter((one) => one.type === "aws_data_transfer");
  expect(transfers.map((one) => one.address)).toEqual(["db: aws_data_transfer.eu"]);
  expect(found.warnings).toContainEqual({
    code: "usage_unmatched",
    text: "The usage stated for aws_lambda_function.gone is not used: the plan has no such resource",
  });
});

test("a usage file that is not YAML is named and changes nothing else", async () => {
  const found = await estimate(request({ "infracost-usage.yml": "resource_usage: [" }));
  expect(found.usageFiles).toBeUndefined();
  expect(found.warnings.filter((warning) => warning.code === "usage_file")).toHaveLength(1);
  expect(resource(found, "queue: aws_sqs_queue.jobs[0]").state).toBe("depends_on_usage");
});
