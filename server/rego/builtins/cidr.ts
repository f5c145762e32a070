import { RegoObject } from "#server/rego/values/rego-object.ts";
import { RegoSet, SetBuilder } from "#server/rego/values/rego-set.ts";
import { isArray, type Value } from "#server/rego/values/value.ts";
import type { Builtin, BuiltinContext, FunctionBuiltin } from "./builtin.ts";
import { failed } from "./builtin-error.ts";
import { ENTRY } from "./cost.ts";
import {
  type Address,
  formatAddress,
  formatNetwork,
  type Network,
  networkOf,
  parseAddress,
  parseNetwork,
} from "./ip.ts";
import { operand, wrongType } from "./operands.ts";
import { any, arrayOf, boolean, listOf, oneOf, setOf, string, type TypeSpec, tupleOf } from "./type-spec.ts";

// OPA reads every operand here as its first one; so do the errors.

function text(value: Value): string {
  if (typeof value === "string") return value;
  throw wrongType(0, value, "string");
}

function network(value: Value): Network {
  const cidr = text(value);
  const parsed = parseNetwork(cidr);
  if (!parsed) throw failed(`invalid CIDR address: ${cidr}`);
  return parsed;
}

/** A network or an address as a range. */
function networkOrAddress(value: Value): Network {
  const written = text(value);
  const address = parseAddress(written);
  if (address) return networkOf(address, address.bits);
  const parsed = parseNetwork(written);
  if (!parsed) throw failed(`not a valid textual representation of an IP address or CIDR: ${written}`);
  return parsed;
}

function contains(outer: Value, inner: Value): boolean {
  const whole = network(outer);
  const part = networkOrAddress(inner);
  return whole.bits === part.bits && whole.first <= part.first && part.last <= whole.last;
}

function intersects(a: Network, b: Network): boolean {
  return a.bits === b.bits && a.first <= b.last && b.first <= a.last;
}

/** Each CIDR of an operand with what it is known by: itself, its index, its member, its key. */
function entries(value: Value, position: number): [cidr: Value, known: Value][] {
  if (typeof value === "string") return [[value, value]];
  const listed: [Value, Value][] = isArray(value)
    ? value.map((item, i) => [item, i])
    : value instanceof RegoSet
      ? value.sorted().map((item) => [item, item])
      : value instanceof RegoObject
        ? value.entries().map(([key, item]) => [item, key])
        : [];
  return listed.map(([item, known]) => {
    const cidr = isArray(item) ? item[0] : item;
    if (cidr !== undefined && (isArray(item) || typeof item === "string")) return [cidr, known];
    throw failed(`operand ${position}: element must be string or non-empty array`);
  });
}

function containsMatches(outer: Value, inner: Value, ctx: BuiltinContext): Value {
  const found = new SetBuilder();
  for (const [cidr, known] of entries(outer, 1)) {
    for (const [part, partKnown] of entries(inner, 2)) {
      ctx.charge(ENTRY);
      if (contains(cidr, part)) found.add([known, partKnown]);
    }
  }
  return found.build();
}

function expand({ bits, first, last }: Network, ctx: BuiltinContext): Value {
  ctx.charge((Number(last - first) + 1) * 2 * ENTRY);
  const found = new SetBuilder();
  for (let value = first; value <= last; value++) found.add(formatAddress({ bits, value }));
  return found.build();
}

/** An address alone stands for the network of its class, an old habit that OPA keeps. */
function classNetwork(address: Address): Network {
  if (address.bits === 128) throw failed("IPv6 invalid: needs prefix length");
  const top = Number(address.value >> 24n);
  return networkOf(address, top < 128 ? 8 : top < 192 ? 16 : top < 224 ? 24 : 32);
}

function mergeOperand(value: Value): Network[] {
  if (!isArray(value) && !(value instanceof RegoSet)) throw failed("operand must be an array");
  return (isArray(value) ? value : value.sorted()).map((item) => {
    if (typeof item !== "string") throw failed("element must be string");
    const address = parseAddress(item);
    return address ? classNetwork(address) : network(item);
  });
}

/** The fewest networks that make up a range. */
function networksOf(bits: 32 | 128, first: bigint, last: bigint): Network[] {
  const networks: Network[] = [];
  for (let value = first; value <= last; ) {
    let prefix = bits as number;
    while (prefix > 0) {
      const wider = networkOf({ bits, value }, prefix - 1);
      if (wider.first !== value || wider.last > last) break;
      prefix--;
    }
    const found = networkOf({ bits, value }, prefix);
    networks.push(found);
    value = found.last + 1n;
  }
  return networks;
}

function merge(networks: readonly Network[]): Network[] {
  const sorted = [...networks].sort((a, b) => a.bits - b.bits || (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  const ranges: { bits: 32 | 128; first: bigint; last: bigint }[] = [];
  for (const { bits, first, last } of sorted) {
    const open = ranges.at(-1);
    if (open && open.bits === bits && first <= open.last + 1n) open.last = last > open.last ? last : open.last;
    else ranges.push({ bits, first, last });
  }
  return ranges.flatMap(({ bits, first, last }) => networksOf(bits, first, last));
}

const containsBuiltin: FunctionBuiltin = {
  name: "net.cidr_contains",
  params: [string, string],
  result: boolean,
  call: (args) => contains(operand(args, 0), operand(args, 1)),
};

const cidrList: TypeSpec = oneOf(string, listOf(oneOf(string, arrayOf(any))), {
  kind: "object",
  key: any,
  value: oneOf(string, arrayOf(any)),
});

export const cidrs: readonly Builtin[] = [
  containsBuiltin,
  { ...containsBuiltin, name: "net.cidr_overlap", deprecated: true },
  {
    name: "net.cidr_contains_matches",
    params: [cidrList, cidrList],
    result: setOf(tupleOf(any, any)),
    call: (args, ctx) => containsMatches(operand(args, 0), operand(args, 1), ctx),
  },
  {
    name: "net.cidr_intersects",
    params: [string, string],
    result: boolean,
    call: (args) => intersects(network(operand(args, 0)), network(operand(args, 1))),
  },
  {
    name: "net.cidr_expand",
    params: [string],
    result: setOf(string),
    call: (args, ctx) => expand(network(operand(args, 0)), ctx),
  },
  {
    name: "net.cidr_is_valid",
    params: [string],
    result: boolean,
    call: (args) => {
      const cidr = operand(args, 0);
      return typeof cidr === "string" && parseNetwork(cidr) !== undefined;
    },
  },
  {
    name: "net.cidr_merge",
    params: [listOf(string)],
    result: setOf(string),
    call: (args, ctx) => {
      const networks = mergeOperand(operand(args, 0));
      ctx.charge(networks.length);
      return RegoSet.of(merge(networks).map(formatNetwork));
    },
  },
];
