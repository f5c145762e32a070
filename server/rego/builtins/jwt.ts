import type { Builtin, FunctionBuiltin } from "./builtin.ts";
import { failed } from "./builtin-error.ts";
import { goJson } from "./json-codec.ts";
import { algorithms, signed } from "./jwt-algorithms.ts";
import { parseJwks, signingKeyOf } from "./jwt-keys.ts";
import { decodeToken } from "./jwt-token.ts";
import { decodeVerified, isTokenAuthentic, isTokenSigned } from "./jwt-verify.ts";
import { objectOperand, operand, stringOperand } from "./operands.ts";
import { any, boolean, object, objectOf, string, tupleOf } from "./type-spec.ts";

const COST = 50;

function verifier(algorithm: string): FunctionBuiltin {
  const check = algorithm.startsWith("HS") ? isTokenAuthentic : isTokenSigned;
  return {
    name: `io.jwt.verify_${algorithm.toLowerCase()}`,
    params: [string, string],
    result: boolean,
    call: (args, ctx) => {
      ctx.charge(COST);
      return check(stringOperand(args, 0), stringOperand(args, 1), algorithm);
    },
  };
}

interface Header {
  readonly alg: string;
  readonly typ: unknown;
}

function parseHeader(json: string): Record<string, unknown> {
  // What does not even begin like an object has no fields, for OPA's reader.
  if (json !== "" && !json.trimStart().startsWith("{")) return {};
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch {
    throw failed("missing or invalid 'alg' header: cannot parse JSON");
  }
}

function readHeader(json: string): Header {
  const fields = parseHeader(json);
  if (typeof fields.alg === "string") return { alg: fields.alg, typ: fields.typ };
  throw failed(`missing or invalid 'alg' header: jwsbb: header "alg" not found`);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function encodeSigned(header: string, payload: string, keys: string): string {
  const [jwk] = parseJwks(keys);
  if (!jwk) throw failed("no keys found in JWK set");
  const { alg, typ } = readHeader(header);
  if (!algorithms.has(alg)) throw failed(`unknown JWS algorithm: ${alg}`);
  const isToken = typeof typ !== "string" || typ === "JWT";
  if (isToken && !isJson(payload)) throw failed("type is JWT but payload is not JSON");
  const data = `${Buffer.from(header).toString("base64url")}.${Buffer.from(payload).toString("base64url")}`;
  return `${data}.${signed(alg, signingKeyOf(jwk), data).toString("base64url")}`;
}

export const jwts: readonly Builtin[] = [
  {
    name: "io.jwt.decode",
    params: [string],
    result: tupleOf(object, object, string),
    call: (args, ctx) => {
      const token = stringOperand(args, 0);
      ctx.charge(1 + (token.length >> 3));
      return decodeToken(token);
    },
  },
  ...[...algorithms.keys()].map(verifier),
  {
    name: "io.jwt.decode_verify",
    params: [string, objectOf(string, any)],
    result: tupleOf(boolean, object, object),
    call: (args, ctx) => {
      ctx.charge(COST);
      const constraints = objectOperand(args, 1);
      return decodeVerified(stringOperand(args, 0), constraints, ctx.nowNs);
    },
  },
  {
    name: "io.jwt.encode_sign",
    params: [objectOf(string, any), objectOf(string, any), objectOf(string, any)],
    result: string,
    deterministic: false,
    call: (args, ctx) => {
      ctx.charge(COST);
      return encodeSigned(goJson(operand(args, 0)), goJson(operand(args, 1)), goJson(operand(args, 2)));
    },
  },
  {
    name: "io.jwt.encode_sign_raw",
    params: [string, string, string],
    result: string,
    deterministic: false,
    call: (args, ctx) => {
      ctx.charge(COST);
      const keys = stringOperand(args, 2);
      return encodeSigned(stringOperand(args, 0), stringOperand(args, 1), keys);
    },
  },
];
