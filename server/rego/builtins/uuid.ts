import { fromBigInt } from "#server/rego/values/number.ts";
import { RegoObject } from "#server/rego/values/rego-object.ts";
import { keyOf, type Value } from "#server/rego/values/value.ts";
import type { Builtin, BuiltinContext } from "./builtin.ts";
import { operand, stringOperand } from "./operands.ts";
import { any, objectOf, string } from "./type-spec.ts";

const forms =
  /^(?:urn:uuid:)?([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})$|^([0-9a-f]{32})$|^\{([0-9a-f-]{36})\}$/i;

function bytesOf(text: string): Buffer | undefined {
  const match = forms.exec(text);
  if (!match) return undefined;
  if (match[7] !== undefined) return bytesOf(match[7]);
  return Buffer.from(match[6] ?? match.slice(1, 6).join(""), "hex");
}

function variantOf(byte: number): string {
  if ((byte & 0xc0) === 0x80) return "RFC4122";
  if ((byte & 0xe0) === 0xc0) return "Microsoft";
  return (byte & 0xe0) === 0xe0 ? "Future" : "Reserved";
}

/** 100 ns steps between the start of the Gregorian calendar and 1970. */
const GREGORIAN = 122_192_928_000_000_000n;

function timeNs(bytes: Buffer): bigint {
  const high = BigInt(bytes.readUInt16BE(6) & 0xfff) << 48n;
  const steps = BigInt(bytes.readUInt32BE(0)) | (BigInt(bytes.readUInt16BE(4)) << 32n) | high;
  return (steps - GREGORIAN) * 100n;
}

const domains = ["Person", "Group", "Org"];

/** Version and variant; of versions 1 and 2 also the time and the machine they hold. */
function described(bytes: Buffer): Value {
  const version = (bytes[6] as number) >> 4;
  const fields: [string, Value][] = [
    ["version", version],
    ["variant", variantOf(bytes[8] as number)],
  ];
  if (version === 1 || version === 2) {
    const node = [...bytes.subarray(10)];
    const first = node[0] as number;
    fields.push(
      ["time", fromBigInt(timeNs(bytes))],
      ["nodeid", node.map((byte) => byte.toString(16).padStart(2, "0")).join("-")],
      ["macvariables", `${first & 2 ? "local" : "global"}:${first & 1 ? "multicast" : "unicast"}`],
      ["clocksequence", bytes.readUInt16BE(8) & 0x3fff],
    );
  }
  if (version === 2) {
    const domain = bytes[9] as number;
    fields.push(["id", bytes.readUInt32BE(0)], ["domain", domains[domain] ?? `Domain${domain}`]);
  }
  return RegoObject.of(fields);
}

/** Random, and the same for the same operand within one query. */
function random(operandKey: string, ctx: BuiltinContext): string {
  const key = `uuid.rfc4122 ${operandKey}`;
  const known = ctx.cache.get(key);
  if (typeof known === "string") return known;
  const bytes = Buffer.from(Array.from({ length: 16 }, () => Math.floor(ctx.random() * 256)));
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const text = bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  ctx.cache.set(key, text);
  return text;
}

export const uuids: readonly Builtin[] = [
  {
    name: "uuid.parse",
    params: [string],
    result: objectOf(string, any),
    call: (args) => {
      const bytes = bytesOf(stringOperand(args, 0));
      return bytes && described(bytes);
    },
  },
  {
    name: "uuid.rfc4122",
    params: [string],
    result: string,
    deterministic: false,
    call: (args, ctx) => random(String(keyOf(operand(args, 0))), ctx),
  },
];
