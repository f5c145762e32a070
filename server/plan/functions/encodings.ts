import { PlanError } from "#server/plan/plan-error.ts";
import { ANY, listOf, STRING, type Type } from "#server/plan/value/type.ts";
import { list, object, text, textOf, unknown, type Value } from "#server/plan/value/value.ts";
import { readCsv } from "./csv.ts";
import type { Call, FunctionSpec, FunctionTable } from "./function.ts";
import { fromJson, toJson } from "./json.ts";
import { fromYaml } from "./yaml-decode.ts";
import { toYaml } from "./yaml-encode.ts";

export const encodingFunctions: FunctionTable = {
  base64encode: encoder((source) => Buffer.from(source, "utf8").toString("base64")),
  base64decode: encoder(decodeBase64),
  urlencode: encoder(urlEncode),
  jsonencode: ofAnything(toJson),
  yamlencode: ofAnything(toYaml),
  jsondecode: { parameters: [STRING], returns: ANY, reads: "whole", apply: ([source]) => fromJson(textOf(source!)) },
  yamldecode: {
    parameters: [STRING],
    returns: ANY,
    reads: "whole",
    apply: ([source], call) => fromYaml(textOf(source!), call.context.budget),
  },
  csvdecode: {
    parameters: [STRING],
    returns: listOf(ANY),
    reads: "whole",
    apply: ([source], call) => decodeCsv(textOf(source!), call),
  },
  textencodebase64: recode((source, encoding) => encodeText(source, encoding).toString("base64")),
  textdecodebase64: recode((source, encoding) => decodeText(strictBase64(source), encoding)),
};

function encoder(change: (source: string) => string): FunctionSpec {
  return {
    parameters: [STRING],
    returns: STRING,
    reads: "whole",
    apply: ([source], call) => measured(change(textOf(source!)), call),
  };
}

function ofAnything(write: (value: Value) => string | undefined): FunctionSpec {
  return {
    parameters: [ANY],
    returns: STRING,
    reads: "whole",
    allowsNull: true,
    apply: ([value], call) => {
      const written = write(value!);
      return written === undefined ? unknown(STRING, "long keys are left to the real plan") : measured(written, call);
    },
  };
}

function recode(change: (source: string, encoding: string) => string): FunctionSpec {
  const parameters: Type[] = [STRING, STRING];
  return {
    parameters,
    returns: STRING,
    reads: "whole",
    apply: ([source, encoding]) => text(change(textOf(source!), textOf(encoding!))),
  };
}

function measured(result: string, call: Call): Value {
  call.context.budget.text(result.length, call.at);
  return text(result);
}

function strictBase64(source: string): Buffer {
  const isValid = source.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(source);
  if (!isValid) throw new PlanError("this is not valid base64.");
  return Buffer.from(source, "base64");
}

function decodeBase64(source: string): string {
  const bytes = strictBase64(source.replace(/[\r\n]/g, ""));
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new PlanError("the decoded bytes are not UTF-8 text.", undefined, "Keep the content in base64.");
  }
}

function urlEncode(source: string): string {
  return encodeURIComponent(source)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}

function encodeText(source: string, encoding: string): Buffer {
  const name = encoding.toLowerCase();
  if (name === "utf-8") return Buffer.from(source, "utf8");
  if (name === "utf-16le") return Buffer.from(source, "utf16le");
  if (name === "utf-16be") return Buffer.from(source, "utf16le").swap16();
  if (name === "iso-8859-1" || name === "us-ascii") return Buffer.from(source, "latin1");
  throw new PlanError(`the encoding "${encoding}" is not known here.`);
}

function decodeText(bytes: Buffer, encoding: string): string {
  try {
    return new TextDecoder(encoding.toLowerCase(), { fatal: true }).decode(bytes);
  } catch {
    throw new PlanError(`the bytes are not text in "${encoding}", or the encoding is not known here.`);
  }
}

function decodeCsv(source: string, call: Call): Value {
  const [header, ...rows] = readCsv(source);
  if (!header) throw new PlanError("the CSV needs a header row.");
  if (new Set(header).size !== header.length) throw new PlanError("the CSV names a column twice.");
  call.context.budget.collection(rows.length * header.length, call.at);
  const objects = rows.map((row, index) => {
    if (row.length !== header.length)
      throw new PlanError(`row ${index + 2} of the CSV has ${row.length} fields, not ${header.length}.`);
    return object(header.map((name, column) => [name, text(row[column]!)] as const));
  });
  return list(objects[0]?.type ?? ANY, objects);
}
