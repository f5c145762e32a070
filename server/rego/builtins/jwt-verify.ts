import { createSecretKey } from "node:crypto";
import { formatDouble, parseNumber } from "#server/rego/values/number.ts";
import { RegoObject } from "#server/rego/values/rego-object.ts";
import { compare, isArray, isNumber, type Value } from "#server/rego/values/value.ts";
import { failed } from "./builtin-error.ts";
import { bytesOf } from "./byte-strings.ts";
import { algorithms, isSigned } from "./jwt-algorithms.ts";
import { parseKeys, type VerificationKey } from "./jwt-keys.ts";
import { decodeClaims, decodeHeader, decodePayload, decodeSignature, parseToken, type Token } from "./jwt-token.ts";

interface Header {
  readonly algorithm: string;
  readonly keyId: string;
  readonly contentType: string;
  readonly isValid: boolean;
}

const knownFields = ["alg", "kid", "typ", "cty", "crit"];

function textField(header: RegoObject, name: string): string {
  const value = header.get(name);
  if (value === undefined || typeof value === "string") return value ?? "";
  throw failed(`${name}: must be a string`);
}

/** Without an algorithm, or with a critical field that nobody knows here, a header is not valid. */
function readHeader(header: RegoObject): Header {
  const critical = header.get("crit") ?? [];
  if (!isArray(critical)) throw failed("crit: must be a list");
  if (header.has("crit") && critical.length === 0) throw failed("crit: must be a nonempty list");
  textField(header, "typ");
  const algorithm = textField(header, "alg");
  const isUnknown = (name: Value) => critical.includes(name) && !knownFields.includes(String(name));
  return {
    algorithm,
    keyId: textField(header, "kid"),
    contentType: textField(header, "cty"),
    isValid: algorithm !== "" && !header.keys().some(isUnknown),
  };
}

function signedPart(token: Token): string {
  return `${token.header}.${token.payload}`;
}

/** The keys worth trying: the one that is named, else all whose algorithm does not contradict the header. */
function candidates(keys: readonly VerificationKey[], header: Header): readonly VerificationKey[] {
  const named = header.keyId === "" ? undefined : keys.find(({ id }) => id === header.keyId);
  if (named) return [named];
  return keys.filter(({ algorithm }) => algorithm === "" || algorithm === header.algorithm);
}

export function keysOf(text: string): VerificationKey[] {
  return parseKeys(text, (algorithm) => algorithms.has(algorithm));
}

/** Whether a token is signed by one of the keys with a given algorithm. */
export function isTokenSigned(text: string, keyText: string, algorithm: string): boolean {
  const token = parseToken(text);
  const keys = keysOf(keyText);
  const signature = decodeSignature(token);
  const header = readHeader(decodeHeader(token));
  const data = signedPart(token);
  return candidates(keys, header).some(({ key }) => isSigned(algorithm, key, data, signature));
}

export function isTokenAuthentic(text: string, secret: string, algorithm: string): boolean {
  const token = parseToken(text);
  return isSigned(algorithm, createSecretKey(bytesOf(secret)), signedPart(token), decodeSignature(token));
}

interface Constraints {
  keys: readonly VerificationKey[] | undefined;
  secret: string;
  alg: string;
  iss: string;
  aud: string;
  timeNs: number;
}

function timeOf(value: Value): number {
  if (!isNumber(value)) throw failed("token time constraint: must be a number");
  const time = typeof value === "number" ? value : value.approximate;
  if (time < 0) throw failed("token time constraint: must not be negative");
  return time;
}

function readConstraints(given: RegoObject, nowNs: bigint): Constraints {
  const read: Constraints = { keys: undefined, secret: "", alg: "", iss: "", aud: "", timeNs: Number(nowNs) };
  for (const [name, value] of given.entries()) {
    if (name === "time") {
      read.timeNs = timeOf(value);
      continue;
    }
    if (name !== "cert" && name !== "secret" && name !== "alg" && name !== "iss" && name !== "aud") {
      throw failed(`unknown token validation constraint: ${String(name)}`);
    }
    if (typeof value !== "string") throw failed(`${name} constraint: must be a string`);
    if (name === "cert") read.keys = keysOf(value);
    else read[name] = value;
  }
  if (read.keys && read.secret !== "") throw failed("duplicate key constraints");
  if (!read.keys && read.secret === "") throw failed("no key constraint");
  return read;
}

function isTrusted(token: Token, header: Header, constraints: Constraints): boolean {
  const signature = decodeSignature(token);
  const keys = constraints.keys
    ? candidates(constraints.keys, header).map(({ key }) => key)
    : [createSecretKey(bytesOf(constraints.secret))];
  return keys.some((key) => isSigned(header.algorithm, key, signedPart(token), signature));
}

function hasAudience(audience: Value | undefined, wanted: string): boolean {
  if (audience === undefined) return wanted === "";
  return audience === wanted || (isArray(audience) && audience.includes(wanted));
}

/** Issuer, audience, expiry and start of a token's claims. */
function areClaimsMet(claims: RegoObject, constraints: Constraints): boolean {
  if (constraints.iss !== "" && claims.get("iss") !== constraints.iss) return false;
  if (!hasAudience(claims.get("aud"), constraints.aud)) return false;
  const now = parseNumber(formatDouble(constraints.timeNs / 1e9));
  const expiry = claims.get("exp");
  if (expiry !== undefined && !isNumber(expiry)) throw failed("exp value must be a number");
  if (expiry !== undefined && compare(now, expiry) >= 0) return false;
  const start = claims.get("nbf");
  if (start !== undefined && !isNumber(start)) throw failed("nbf value must be a number");
  return start === undefined || compare(now, start) >= 0;
}

const unverified: Value = [false, RegoObject.empty, RegoObject.empty];
const MAX_NESTING = 10;

/** `[true, header, claims]` if signature and constraints hold, else `[false, {}, {}]`. */
export function decodeVerified(text: string, given: RegoObject, nowNs: bigint): Value {
  const constraints = readConstraints(given, nowNs);
  let nested = text;
  for (let depth = 0; depth < MAX_NESTING; depth++) {
    const token = parseToken(nested);
    const decoded = decodeHeader(token);
    const header = readHeader(decoded);
    if (!header.isValid || (constraints.alg !== "" && constraints.alg !== header.algorithm)) return unverified;
    if (!isTrusted(token, header, constraints)) return unverified;
    const payload = decodePayload(token);
    if (header.contentType.toUpperCase() !== "JWT") {
      const claims = decodeClaims(payload);
      return areClaimsMet(claims, constraints) ? [true, decoded, claims] : unverified;
    }
    nested = payload;
  }
  throw failed("JWT is nested too deeply");
}
