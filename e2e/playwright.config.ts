import path from "node:path";
import { defineConfig } from "@playwright/test";
import type { OtherWeb } from "./fixtures.ts";
import { terraformSettings } from "./terraform-mirror.ts";

const port = Number(process.env.E2E_PORT ?? 3190);
/** A second portal whose assistant is a model, and the server that plays that model. */
const modelPortalPort = port + 1;
const modelPort = port + 2;
/** With a PostgreSQL server that several can share, the first portal has two web and two worker processes. */
const besidePort = process.env.TEST_DATABASE_URL ? port + 3 : undefined;
const browser = process.env.CHROMIUM_BIN ?? (process.platform === "linux" ? "/usr/bin/chromium" : undefined);
const quiet = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

function portal(at: number, folder: string, more: Record<string, string> = {}) {
  return {
    command: "node e2e/serve.mjs",
    cwd: path.resolve("."),
    url: `http://localhost:${at}/api/ready`,
    timeout: 600_000,
    reuseExistingServer: process.env.E2E_REUSE !== undefined,
    stdout: "pipe" as const,
    gracefulShutdown: { signal: "SIGTERM" as const, timeout: 25_000 },
    env: { PORT: String(at), GANTRY_DATA_DIR: path.resolve(".data", folder), GANTRY_LOG_LEVEL: "warn", ...more },
  };
}

export default defineConfig<OtherWeb>({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: path.resolve("test-results/e2e"),
  // The journeys share one portal; each keeps to environments of its own.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  use: {
    baseURL: `http://localhost:${port}`,
    viewport: { width: 1280, height: 900 },
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(browser && { executablePath: browser }),
      // Chromium's sandbox refuses to run as root.
      args: process.getuid?.() === 0 ? [...quiet, "--no-sandbox"] : quiet,
    },
  },
  projects: [
    {
      name: "portal",
      testIgnore: "model-*.spec.ts",
      use: { ...(besidePort && { otherWeb: `http://localhost:${besidePort}` }) },
    },
    { name: "model", testMatch: "model-*.spec.ts", use: { baseURL: `http://localhost:${modelPortalPort}` } },
  ],
  // One after the other: the second portal finds the first one's build.
  webServer: [
    portal(port, "e2e", terraformSettings()),
    ...(besidePort
      ? [{ ...portal(besidePort, "e2e", terraformSettings()), command: "node e2e/serve.mjs --beside" }]
      : []),
    {
      command: `node e2e/fake-model.mjs ${modelPort}`,
      cwd: path.resolve("."),
      url: `http://127.0.0.1:${modelPort}/mode`,
    },
    portal(modelPortalPort, "e2e-model", {
      ASSISTANT_PROVIDER: "openai-compatible",
      ASSISTANT_MODEL: "fake-model",
      ASSISTANT_BASE_URL: `http://127.0.0.1:${modelPort}/v1`,
      ASSISTANT_TIMEOUT_MS: "3000",
    }),
  ],
});
