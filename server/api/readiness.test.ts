import { expect, test } from "vitest";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { createOpaEvaluator } from "#server/policy/opa-evaluator.ts";
import { findReadiness } from "./readiness.ts";

const database = openTestDatabase();
const nobody = createOpaEvaluator({ url: "http://127.0.0.1:9", timeoutMs: 20_000 });
const healthy = { health: async () => ({ isHealthy: true, engine: "opa 1.9.9", message: "OPA answers." }) };

test("a portal whose database answers is ready", async () => {
  expect(await findReadiness(database.db, undefined)).toEqual({
    status: 200,
    body: { status: "ready", pid: process.pid },
  });
  expect(await findReadiness(database.db, healthy)).toMatchObject({
    body: { status: "ready", policies: { engine: "opa 1.9.9", isHealthy: true } },
  });
});

test("one whose OPA cannot be asked says that launches are denied, and goes on", async () => {
  const { status, body } = await findReadiness(database.db, nobody);
  expect(status).toBe(200);
  expect(body).toMatchObject({ status: "degraded", policies: { isHealthy: false } });
  expect(body.reason).toBe("Policies cannot be asked, so every launch is denied: OPA cannot be reached.");
});

test("one without a database is not ready, and tells nothing of why", async () => {
  const broken = { execute: () => Promise.reject(new Error("connect ECONNREFUSED 10.0.0.1")) };
  expect(await findReadiness(broken as unknown as typeof database.db, healthy)).toEqual({
    status: 503,
    body: { status: "unavailable", reason: "The database does not answer." },
  });
});
