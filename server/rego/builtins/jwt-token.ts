import { RegoObject } from "#server/rego/values/rego-object.ts";
import type { Value } from "#server/rego/values/value.ts";
import { decodeBase64Url } from "./base64.ts";
import { BuiltinError, failed } from "./builtin-error.ts";
import { readJson } from "./json-codec.ts";

/** A token in its compact form: three parts, not yet decoded. */
export interface Token {
  readonly header: string;
  readonly payload: string;
  readonly signature: string;
}

export function parseToken(text: string): Token {
  if (!text.includes(".")) throw failed("encoded JWT had no period separators");
  const parts = text.split(".");
  if (parts.length !== 3) throw failed(`encoded JWT must have 3 sections, found ${parts.length}`);
  const [header, payload, signature] = parts as [string, string, string];
  return { header, payload, signature };
}

function explained<Result>(prefix: string, attempt: () => Result): Result {
  try {
    return attempt();
  } catch (error) {
    throw error instanceof BuiltinError ? failed(`${prefix}${error.message}`) : error;
  }
}

function decodePart(name: string, part: string): Buffer {
  return explained(`JWT ${name} had invalid encoding: `, () => decodeBase64Url(part));
}

function readObject(json: string): RegoObject {
  const value = explained("invalid JSON: ", () => readJson(json));
  if (value instanceof RegoObject) return value;
  throw failed("decoded JSON type was not an Object");
}

export function decodeHeader(token: Token): RegoObject {
  const json = decodePart("header", token.header).toString("utf8");
  const header = explained("bad JWT header: ", () => readObject(json));
  if (header.has("enc")) throw failed("JWT is a JWE object, which is not supported");
  return header;
}

export function decodePayload(token: Token): string {
  return decodePart("payload", token.payload).toString("utf8");
}

export function decodeClaims(payload: string): RegoObject {
  return readObject(payload);
}

export function decodeSignature(token: Token): Buffer {
  return decodeBase64Url(token.signature);
}

const MAX_NESTING = 10;

/** Header, claims and signature as hex; a token inside a token is opened. */
export function decodeToken(text: string, depth = 0): Value {
  const token = parseToken(text);
  const header = decodeHeader(token);
  const payload = decodePayload(token);
  if (header.get("cty") === "JWT") {
    if (depth >= MAX_NESTING) throw failed("JWT is nested too deeply");
    return decodeToken(payload.replace(/^["']+|["']+$/g, ""), depth + 1);
  }
  const claims = decodeClaims(payload);
  return [header, claims, decodePart("signature", token.signature).toString("hex")];
}
