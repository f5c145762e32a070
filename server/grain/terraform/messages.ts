import { z } from "zod";
import type { GrainStep, LogLevel } from "#server/grain/driver.ts";

const Resource = z.object({
  addr: z.string(),
  resource_type: z.string().default(""),
  resource_name: z.string().default(""),
});
const Message = z.object({
  "@level": z.string().default("info"),
  "@message": z.string().default(""),
  type: z.string().default("log"),
  hook: z.object({ resource: Resource, action: z.string().optional(), id_value: z.string().optional() }).optional(),
  changes: z.object({ add: z.number(), change: z.number(), remove: z.number() }).optional(),
  diagnostic: z
    .object({
      severity: z.string(),
      summary: z.string(),
      detail: z.string().default(""),
      address: z.string().optional(),
      range: z.object({ filename: z.string(), start: z.object({ line: z.number(), column: z.number() }) }).nullish(),
    })
    .optional(),
});
export type TerraformMessage = z.infer<typeof Message>;

/** Reads a line of the `-json` stream; text that is none becomes a plain message. */
export function readMessage(line: string): TerraformMessage {
  try {
    return Message.parse(JSON.parse(line));
  } catch {
    return { "@level": "info", "@message": line, type: "log" };
  }
}

const quiet = new Set([
  "version",
  "planned_change",
  "outputs",
  "refresh_start",
  "refresh_complete",
  "apply_progress",
  "provision_progress_empty",
]);

/**
 * Follows one command: writes the log, the progress and the journal, and keeps what went wrong. What is in the journal as
 * intended already is not written again.
 */
export function followMessages(step: GrainStep, total: number, intended: ReadonlySet<string> = new Set()) {
  let done = 0;
  let writing: Promise<void> = Promise.resolve();
  const errors: string[] = [];
  const failedCreates = new Set<string>();
  const gone = new Set<string>();
  const journal = (write: () => Promise<void>) => {
    writing = writing.then(write);
    // Met again when the command's end waits for it.
    writing.catch(() => undefined);
  };
  const follow = (message: TerraformMessage) => {
    const { type, hook } = message;
    if (message.diagnostic) {
      const { severity, summary } = message.diagnostic;
      if (severity === "error") errors.push(summary);
      step.log(severity === "error" ? "error" : "warn", diagnosticText(message.diagnostic));
      return;
    }
    if (!quiet.has(type) && message["@message"]) step.log(levelOf(message), message["@message"]);
    if (!hook) return;
    const { addr: address, resource_type: resourceType, resource_name: name } = hook.resource;
    const isDelete = hook.action === "delete";
    if (type === "apply_start" && hook.action !== "read") {
      step.progress({ done, total, label: address });
      if (isDelete) journal(() => step.journal.destroying(address));
      else if (!intended.has(address)) journal(() => step.journal.intend({ address, type: resourceType, name }));
    }
    if (type === "apply_complete" && hook.action !== "read") {
      done++;
      step.progress({ done, total, label: address });
      if (isDelete) gone.add(address);
      journal(() =>
        isDelete ? step.journal.destroyed(address) : step.journal.confirm(address, { cloudId: hook.id_value ?? "" }),
      );
    }
    if (type === "apply_errored" && hook.action === "create") failedCreates.add(address);
  };
  return { follow, errors, failedCreates, gone, written: () => writing };
}

function levelOf(message: TerraformMessage): LogLevel {
  const level = message["@level"];
  return level === "error" || level === "warn" || level === "debug" ? level : "info";
}

function diagnosticText({
  severity,
  summary,
  detail,
  address,
  range,
}: NonNullable<TerraformMessage["diagnostic"]>): string {
  const where = range ? ` (${range.filename}:${range.start.line}:${range.start.column})` : "";
  const what = address ? `${address}: ` : "";
  return `${severity === "error" ? "Error" : "Warning"}: ${what}${summary}${where}${detail ? `\n${detail}` : ""}`;
}
