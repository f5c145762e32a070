import { createHash } from "node:crypto";
import { PlanError } from "#server/plan/plan-error.ts";
import { STRING } from "#server/plan/value/type.ts";
import { text, textOf } from "#server/plan/value/value.ts";
import { readModuleFile } from "./files.ts";
import type { FunctionSpec, FunctionTable } from "./function.ts";

type Algorithm = "md5" | "sha1" | "sha256" | "sha512";
type Encoding = "hex" | "base64";

export const hashFunctions: FunctionTable = {
  md5: ofText("md5", "hex"),
  sha1: ofText("sha1", "hex"),
  sha256: ofText("sha256", "hex"),
  sha512: ofText("sha512", "hex"),
  base64sha256: ofText("sha256", "base64"),
  base64sha512: ofText("sha512", "base64"),
  filemd5: ofFile("md5", "hex"),
  filesha1: ofFile("sha1", "hex"),
  filesha256: ofFile("sha256", "hex"),
  filesha512: ofFile("sha512", "hex"),
  filebase64sha256: ofFile("sha256", "base64"),
  filebase64sha512: ofFile("sha512", "base64"),
  uuidv5: {
    parameters: [STRING, STRING],
    returns: STRING,
    reads: "whole",
    apply: ([namespace, name]) => text(uuidFromName(textOf(namespace!), textOf(name!))),
  },
};

function ofText(algorithm: Algorithm, encoding: Encoding): FunctionSpec {
  return {
    parameters: [STRING],
    returns: STRING,
    reads: "whole",
    apply: ([source]) => text(createHash(algorithm).update(textOf(source!), "utf8").digest(encoding)),
  };
}

function ofFile(algorithm: Algorithm, encoding: Encoding): FunctionSpec {
  return {
    parameters: [STRING],
    returns: STRING,
    reads: "whole",
    apply: ([path], call) =>
      text(
        createHash(algorithm)
          .update(readModuleFile(textOf(path!), call))
          .digest(encoding),
      ),
  };
}

const knownNamespaces: Record<string, string> = {
  dns: "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
  url: "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
  oid: "6ba7b812-9dad-11d1-80b4-00c04fd430c8",
  x500: "6ba7b814-9dad-11d1-80b4-00c04fd430c8",
};

function uuidFromName(namespace: string, name: string): string {
  const source = (knownNamespaces[namespace] ?? namespace).replaceAll("-", "");
  if (!/^[0-9a-fA-F]{32}$/.test(source))
    throw new PlanError(`"${namespace}" is neither a UUID nor dns, url, oid or x500.`);
  const bytes = createHash("sha1").update(Buffer.from(source, "hex")).update(name, "utf8").digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
