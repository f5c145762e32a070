import { PlanError } from "#server/plan/plan-error.ts";
import { numToIndex, truncateNum } from "#server/plan/value/number.ts";
import { listOf, NUMBER, STRING } from "#server/plan/value/type.ts";
import { list, numOf, text, textOf, unknown, type Value } from "#server/plan/value/value.ts";
import type { FunctionTable } from "./function.ts";
import { type Network, parseNetwork, writeAddress, writeNetwork } from "./network.ts";

export const addressFunctions: FunctionTable = {
  cidrhost: {
    parameters: [STRING, NUMBER],
    returns: STRING,
    reads: "whole",
    apply: ([prefix, host]) => hostAddress(textOf(prefix!), host!),
  },
  cidrnetmask: {
    parameters: [STRING],
    returns: STRING,
    reads: "whole",
    apply: ([prefix]) => text(netmask(textOf(prefix!))),
  },
  cidrsubnet: {
    parameters: [STRING, NUMBER, NUMBER],
    returns: STRING,
    reads: "whole",
    apply: ([prefix, bits, index]) => text(subnet(textOf(prefix!), whole(bits!), truncateNum(numOf(index!)))),
  },
  cidrsubnets: {
    parameters: [STRING],
    rest: NUMBER,
    returns: listOf(STRING),
    reads: "whole",
    apply: ([prefix, ...bits]) => list(STRING, subnets(textOf(prefix!), bits.map(whole)).map(text)),
  },
};

function whole(value: Value): number {
  const index = numToIndex(numOf(value));
  if (index === undefined) throw new PlanError("a whole number is required.");
  return index;
}

function hostAddress(prefix: string, host: Value): Value {
  const network = parseNetwork(prefix);
  const size = 1n << BigInt(network.width - network.length);
  const index = truncateNum(numOf(host));
  const offset = index < 0n ? size + index : index;
  if (offset < 0n || offset >= size) throw new PlanError(`the prefix ${prefix} has no host ${index}.`);
  const isMapped = network.width === 128 && network.address >> 32n === 0xffffn;
  if (isMapped) return unknown(STRING, "IPv4 addresses mapped into IPv6 are left to the real plan");
  return text(writeAddress(network.address + offset, network.width));
}

function netmask(prefix: string): string {
  const network = parseNetwork(prefix);
  if (network.width !== 32) throw new PlanError("IPv6 has no netmask; use the prefix length.");
  return writeAddress(((1n << BigInt(network.length)) - 1n) << BigInt(32 - network.length), 32);
}

function subnet(prefix: string, bits: number, index: bigint): string {
  const network = parseNetwork(prefix);
  const length = network.length + bits;
  if (bits < 0 || length > network.width) throw new PlanError(`${prefix} has no room for ${bits} more bits.`);
  if (index < 0n || index >= 1n << BigInt(bits)) throw new PlanError(`${bits} more bits give no subnet ${index}.`);
  const address = network.address + (index << BigInt(network.width - length));
  return writeNetwork({ ...network, address, length });
}

function subnets(prefix: string, bits: readonly number[]): string[] {
  const network = parseNetwork(prefix);
  const end = network.address + (1n << BigInt(network.width - network.length));
  let next = network.address;
  return bits.map((more) => {
    const length = network.length + more;
    if (more < 1 || more > 32 || length > network.width)
      throw new PlanError(`${prefix} has no room for ${more} more bits.`);
    const size = 1n << BigInt(network.width - length);
    const address = ((next + size - 1n) / size) * size;
    next = address + size;
    if (next > end) throw new PlanError(`${prefix} has no room for a subnet of ${more} more bits after the others.`);
    return writeNetwork({ ...network, address, length } satisfies Network);
  });
}
