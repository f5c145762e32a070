import path from "node:path";
import { z } from "zod";

const flag = z
  .enum(["on", "off", "true", "false", "1", "0"])
  .transform((value) => value === "on" || value === "true" || value === "1");
const url = z.url({ protocol: /^https?$/ });

const Environment = z.object({
  DATABASE_URL: z.string().startsWith("postgres").optional(),
  GANTRY_DATA_DIR: z.string().default(".data"),
  /** Folder in memory for what may hold secrets while steps run; `off` keeps that in the data folder. By default /dev/shm, where that is in memory. */
  GANTRY_MEMORY_DIR: z
    .string()
    .refine((text) => text === "off" || path.isAbsolute(text), "must be an absolute path, or off")
    .optional(),
  GANTRY_HOME: z.string().default("."),
  GANTRY_SECRET_KEY: z.string().min(32).optional(),
  /** What GANTRY_SECRET_KEY was before it was changed: still opens what it sealed. */
  GANTRY_OLD_SECRET_KEY: z.string().min(32).optional(),
  GANTRY_DEMO: flag.optional(),
  GANTRY_LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
  GANTRY_URL: url.optional(),
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  OIDC_ISSUER: url.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().default("Single sign-on"),
  OIDC_GROUP_ROLES: z.string().optional(),
  /** Name of the claim that lists the groups. */
  OIDC_GROUPS_CLAIM: z.string().default("groups"),
  /** Scopes to ask for; by default openid, profile, email, and groups where OIDC_GROUP_ROLES is set. */
  OIDC_SCOPE: z.string().optional(),
  OPA_URL: url.optional(),
  OPA_TOKEN: z.string().optional(),
  /** How long one question to OPA may take; later means denied. */
  OPA_TIMEOUT_MS: z.coerce.number().int().min(50).max(60_000).default(1000),
  TERRAFORM_BIN: z.string().optional(),
  TF_CLI_CONFIG_FILE: z.string().optional(),
  ASSISTANT_PROVIDER: z.enum(["anthropic", "openai", "openai-compatible"]).optional(),
  ASSISTANT_MODEL: z.string().optional(),
  ASSISTANT_BASE_URL: url.optional(),
  ASSISTANT_API_KEY: z.string().optional(),
  ASSISTANT_TIMEOUT_MS: z.coerce.number().int().min(100).max(120_000).default(20_000),
  INFRACOST_BIN: z.string().optional(),
  INFRACOST_PRICING_API_ENDPOINT: url.optional(),
  INFRACOST_API_KEY: z.string().optional(),
  /** How long an estimate waits for prices that the built-in book lacks. */
  INFRACOST_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(10_000),
  JOB_LEASE_SECONDS: z.coerce.number().int().min(1).max(600).default(30),
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(4),
  /** How long a stopping worker lets running steps go on before it hands them back. */
  WORKER_GRACE_SECONDS: z.coerce.number().int().min(0).max(3600).default(10),
  GANTRY_METRICS_TOKEN: z.string().min(8).optional(),
  GANTRY_CRASH_AT: z.string().optional(),
  /** Minutes between two looks for drift by schedule; 0 looks only when somebody asks. */
  GANTRY_DRIFT_EVERY_MINUTES: z.coerce.number().int().min(0).max(10_080).default(60),
  /** How many times faster than life the simulator works; 0 takes no time at all. */
  GANTRY_SIMULATOR_SPEED: z.coerce.number().min(0).max(100_000).default(20),
  /** Share of simulated resources that fail by chance, 0 to 1. */
  GANTRY_SIMULATOR_FAILURE_RATE: z.coerce.number().min(0).max(1).default(0),
});

export type Config = z.infer<typeof Environment> & {
  /** Absolute path of the folder that holds the embedded database, keys and work directories. */
  dataDir: string;
  /** Absolute path of the installation. */
  homeDir: string;
  /** The PATH of programs that grains run. */
  shellPath: string;
  /** Where users reach the portal. */
  publicUrl: string;
};

/** Reads and checks configuration. Throws an error naming each wrong variable, so that a bad start fails at once. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const filled = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = Environment.safeParse(filled);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`The configuration is not usable. Correct these environment variables:\n${lines.join("\n")}`);
  }
  const values = parsed.data;
  return {
    ...values,
    dataDir: path.resolve(values.GANTRY_DATA_DIR),
    homeDir: path.resolve(values.GANTRY_HOME),
    shellPath: filled.PATH ?? "/usr/local/bin:/usr/bin:/bin",
    publicUrl: values.GANTRY_URL ?? `http://localhost:${values.PORT}`,
  };
}

let current: Config | undefined;

/** The configuration of this process, read once. */
export function config(): Config {
  current ??= readConfig(process.env);
  return current;
}
