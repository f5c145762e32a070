import { PlanError } from "./plan-error.ts";

/** Reads the fields of one object of a plan document, naming the place of whatever does not fit. */
export type PlanReader = {
  path: string;
  all: Record<string, unknown>;
  text(name: string): string;
  optionalText(name: string): string | undefined;
  list(name: string): unknown[];
  record(name: string): Record<string, unknown> | undefined;
};

export function planReader(value: unknown, path: string): PlanReader {
  if (!isRecord(value))
    throw new PlanError(
      `${path} must be an object.`,
      undefined,
      'Make the plan with "terraform show -json <plan file>".',
    );
  const misfit = (name: string, wanted: string): never => {
    throw new PlanError(`${path}.${name} must be ${wanted}.`);
  };
  const optionalText = (name: string): string | undefined => {
    const field = own(value, name);
    if (field === undefined || field === null) return undefined;
    return typeof field === "string" ? field : misfit(name, "text");
  };
  return {
    path,
    all: value,
    optionalText,
    text: (name) => optionalText(name) ?? misfit(name, "text"),
    list: (name) => {
      const field = own(value, name);
      if (field === undefined || field === null) return [];
      return Array.isArray(field) ? field : misfit(name, "a list");
    },
    record: (name) => {
      const field = own(value, name);
      if (field === undefined || field === null) return undefined;
      return isRecord(field) ? field : misfit(name, "an object");
    },
  };
}

function own(value: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
