import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";

import type { PlanDocument } from "#server/cost/plan-document.ts";
import { infracostCli } from "./infracost-cli.ts";
import { estimateWithSource, type PriceSource } from "./price-source.ts";
import { pricingApi } from "./pricing-api.ts";

/** A machine whose price the embedded book has, and a database in a region it lacks. */
const plan: PlanDocument = {
  planned_values: {
    root_module: {
      resources: [
        {
          address: "aws_instance.web",
          mode: "managed",
          type: "aws_instance",
          name: "web",
          values: { instance_type: "m5.large" },
        },
        {
          address: "aws_db_instance.db",
          mode: "managed",
          type: "aws_db_instance",
          name: "db",
          values: { instance_class: "db.r7g.large", engine: "postgres", allocated_storage: 20 },
        },
      ],
    },
  },
};
const instance = "Database instance (on-demand, Single-AZ, db.r7g.large)";

const cleanUps: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

async function estimate(source: PriceSource, timeoutMs?: number) {
  const found = await estimateWithSource(plan, {}, { source, ...(timeoutMs && { timeoutMs }) });
  const database = found.resources.find((resource) => resource.type === "aws_db_instance")!;
  const web = found.resources.find((resource) => resource.type === "aws_instance")!;
  return {
    found,
    web: web.components[0]!,
    machine: database.components.find((component) => component.name === instance)!,
  };
}

async function api(
  answer: (questions: unknown[]) => unknown,
  status = 200,
): Promise<{ endpoint: string; asked: unknown[][]; keys: unknown[] }> {
  const asked: unknown[][] = [];
  const keys: unknown[] = [];
  const server: Server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk) => {
      text += chunk;
    });
    request.on("end", () => {
      const questions = JSON.parse(text) as unknown[];
      asked.push(questions);
      keys.push(request.headers["x-api-key"]);
      const body = answer(questions);
      if (body === undefined) return;
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanUps.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, keys };
}

const products = (...usd: string[]) => ({
  data: { products: usd.map((price) => ({ prices: [{ priceHash: "x", USD: price }] })) },
});

describe("a pricing API", () => {
  const connect = (endpoint: string) => pricingApi({ endpoint, key: "secret-key", today: () => "2026-11-20" });

  test("is asked for what the book lacks alone, and each price says where it came from", async () => {
    const { endpoint, asked, keys } = await api((questions) => questions.map(() => products("0.239")));
    const { web, machine, found } = await estimate(connect(endpoint));
    expect(machine).toMatchObject({ state: "priced", unitPrice: "0.239", monthly: "174.47" });
    expect(machine.priceRef).toMatchObject({ provider: "pricing-api", asOf: "2026-11-20" });
    expect(web.priceRef?.provider).toBeUndefined();
    expect(found.catalogue.provider).toBe("pricing-api");
    expect(keys).toEqual(["secret-key"]);
    expect(JSON.stringify(asked)).toContain("db.r7g.large");
    expect(JSON.stringify(asked)).not.toContain("m5.large");
  });

  test("that answers with two different prices has not answered", async () => {
    const { endpoint } = await api((questions) => questions.map(() => products("0.2", "0.3")));
    expect((await estimate(connect(endpoint))).machine).toMatchObject({ state: "no_price", monthly: null });
  });

  test("that answers zero has not found a price", async () => {
    const { endpoint } = await api((questions) => questions.map(() => products("0")));
    expect((await estimate(connect(endpoint))).machine).toMatchObject({ state: "no_price", monthly: null });
  });

  test("that fails leaves the embedded prices and says so", async () => {
    const { endpoint } = await api(() => ({ error: "no" }), 503);
    const { web, found } = await estimate(connect(endpoint));
    expect(web.monthly).toBe("70.08");
    expect(found.warnings.find((warning) => warning.code === "price_source_failed")?.text).toContain("503");
    expect(found.catalogue.provider).toBe("embedded");
  });

  test("that is slow is given up on", async () => {
    const { endpoint } = await api(() => undefined);
    const { found } = await estimate(connect(endpoint), 100);
    expect(found.warnings.find((warning) => warning.code === "price_source_failed")?.text).toContain("in time");
  });

  test("never has its key in an estimate", async () => {
    const { endpoint } = await api(() => ({ error: "no" }), 401);
    expect(JSON.stringify((await estimate(connect(endpoint))).found)).not.toContain("secret-key");
  });
});

describe("an installed Infracost", () => {
  async function program(script: string): Promise<PriceSource> {
    const folder = await mkdtemp(join(tmpdir(), "gantry-fake-infracost-"));
    cleanUps.push(() => rm(folder, { recursive: true, force: true }));
    const path = join(folder, "infracost");
    await writeFile(path, `#!/bin/sh\n${script}\n`);
    await chmod(path, 0o755);
    return infracostCli({ program: path, environment: { INFRACOST_API_KEY: "secret-key" } });
  }
  const breakdown = {
    version: "0.2",
    timeGenerated: "2026-11-01T00:00:00Z",
    projects: [
      {
        breakdown: {
          resources: [
            {
              name: "aws_instance.web",
              costComponents: [{ name: "Instance usage (Linux/UNIX, on-demand, m5.large)", price: "9" }],
            },
            {
              name: "aws_db_instance.db",
              costComponents: [
                { name: instance, price: "0.25" },
                { name: "CPU credits", price: "0", priceNotFound: true },
              ],
            },
          ],
        },
      },
    ],
  };

  test("fills what the book lacks and leaves the book's own prices alone", async () => {
    const source = await program(
      `[ "$1" = breakdown ] && [ -s "$3" ] && cat <<'JSON'\n${JSON.stringify(breakdown)}\nJSON`,
    );
    const { machine, web } = await estimate(source);
    expect(machine).toMatchObject({ unitPrice: "0.25", state: "priced" });
    expect(machine.priceRef).toMatchObject({ provider: "infracost-cli", asOf: "2026-11-01" });
    expect(web.unitPrice).toBe("0.096");
  });

  test("gets its key, and nothing else of our environment", async () => {
    const record = join(await mkdtemp(join(tmpdir(), "gantry-fake-infracost-")), "environment");
    cleanUps.push(() => rm(join(record, ".."), { recursive: true, force: true }));
    await estimate(await program(`env > ${record}; exit 1`));
    const names = (await readFile(record, "utf8")).split("\n").map((line) => line.split("=")[0]);
    expect(names).toContain("INFRACOST_API_KEY");
    expect(names.filter((name) => name?.startsWith("VITEST") || name === "NODE_ENV")).toEqual([]);
  });

  test("that is missing, fails or writes something else changes nothing but a warning", async () => {
    const sources = [
      infracostCli({ program: "/nonexistent/infracost", environment: {} }),
      await program("exit 3"),
      await program("echo hello"),
    ];
    for (const source of sources) {
      const { found, web } = await estimate(source);
      expect(web.monthly).toBe("70.08");
      expect(found.warnings.map((warning) => warning.code)).toContain("price_source_failed");
    }
  });
});
