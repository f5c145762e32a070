import { defineConfig } from "vitest/config";

/** `--mode campaign` runs the rehearsals that take many minutes, and nothing else. */
export default defineConfig(({ mode }) => ({
  test: {
    include:
      mode === "campaign"
        ? ["server/**/*.campaign.ts"]
        : ["app/**/*.test.{ts,tsx}", "server/**/*.test.ts", "db/**/*.test.ts"],
    globalSetup: ["db/testing/global-setup.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: "forks",
  },
}));
