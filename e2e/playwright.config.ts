import path from "node:path";
import { defineConfig } from "@playwright/test";

const port = Number(process.env.E2E_PORT ?? 3190);
const browser = process.env.CHROMIUM_BIN ?? (process.platform === "linux" ? "/usr/bin/chromium" : undefined);
const quiet = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default defineConfig({
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
  webServer: {
    command: "node e2e/serve.mjs",
    cwd: path.resolve("."),
    url: `http://localhost:${port}/api/ready`,
    timeout: 600_000,
    reuseExistingServer: false,
    stdout: "pipe",
    gracefulShutdown: { signal: "SIGTERM", timeout: 25_000 },
    env: { PORT: String(port), GANTRY_DATA_DIR: path.resolve(".data/e2e"), GANTRY_LOG_LEVEL: "warn" },
  },
});
