import pino from "pino";
import { config } from "#server/config.ts";

/** Structured logs on standard output, one JSON object a line. Fields that may carry secrets are never logged. */
export const logger = pino({
  level: config().GANTRY_LOG_LEVEL,
  base: { pid: process.pid },
  redact: {
    paths: ["*.password", "*.token", "*.secret", "req.headers.cookie", "req.headers.authorization"],
    censor: "[hidden]",
  },
});
