import type { Module } from "#server/rego/ast.ts";
import { nowhere, RegoErrors as Refused, type RegoErrors, regoError } from "#server/rego/errors.ts";
import { parseModule } from "./module.ts";

export type RegoVersion = "v0" | "v1";

export interface Source {
  file: string;
  source: string;
}

/** A policy is text somebody reviews: what is bigger is data. */
const defaultMaxBytes = 512 * 1024;

/** Parses a source as the version told, or else as v1 and, where that fails, as v0. */
export function parseSource({ file, source }: Source, version?: RegoVersion, maxBytes = defaultMaxBytes): Module {
  if (source.length > maxBytes || Buffer.byteLength(source) > maxBytes) {
    const message = `policy is larger than ${maxBytes} bytes: move lists into data`;
    throw new Refused([regoError("rego_parse_error", { ...nowhere, file }, message)]);
  }
  if (version !== undefined) return parseModule(file, source, version);
  try {
    return parseModule(file, source, "v1");
  } catch (first) {
    try {
      return parseModule(file, source, "v0");
    } catch (second) {
      throw furthest(first as RegoErrors, second as RegoErrors);
    }
  }
}

/** The version that got further is the one the author meant. */
function furthest(v1: RegoErrors, v0: RegoErrors): RegoErrors {
  const [a] = v1.errors;
  const [b] = v0.errors;
  return a !== undefined && b !== undefined && b.row > a.row ? v0 : v1;
}
