import { isIP } from "node:net";
import { PlanError } from "#server/plan/plan-error.ts";

/** An IP network; `width` is 32 or 128 bits. */
export type Network = { address: bigint; length: number; width: 32 | 128 };

export function parseNetwork(source: string): Network {
  const [address = "", suffix = "", ...rest] = source.split("/");
  const version = isIP(address);
  const length = /^\d{1,3}$/.test(suffix) ? Number(suffix) : -1;
  const width = version === 6 ? 128 : 32;
  if (version === 0 || rest.length > 0 || length < 0 || length > width || address.includes("%"))
    throw new PlanError(`"${source}" is not a network in CIDR notation, like 10.0.0.0/16.`);
  const bits = version === 4 ? parseV4(address) : parseV6(address);
  const shift = BigInt(width - length);
  return { address: (bits >> shift) << shift, length, width };
}

function parseV4(address: string): bigint {
  return address.split(".").reduce((bits, octet) => (bits << 8n) | BigInt(octet), 0n);
}

function parseV6(source: string): bigint {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(source);
  const tail = dotted ? parseV4(dotted[2]!) : 0n;
  const address = dotted ? `${dotted[1]}${(tail >> 16n).toString(16)}:${(tail & 0xffffn).toString(16)}` : source;
  const [head = "", rest] = address.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = rest === undefined || rest === "" ? [] : rest.split(":");
  const groups = [...left, ...Array.from({ length: 8 - left.length - right.length }, () => "0"), ...right];
  return groups.reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n);
}

export function writeNetwork(network: Network): string {
  return `${writeAddress(network.address, network.width)}/${network.length}`;
}

export function writeAddress(bits: bigint, width: 32 | 128): string {
  if (width === 32) return [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 0xffn).join(".");
  // Go writes IPv4 addresses mapped into IPv6 in their dotted form.
  if (bits >> 32n === 0xffffn) return writeAddress(bits & 0xffffffffn, 32);
  const groups = Array.from({ length: 8 }, (_, index) => ((bits >> BigInt(112 - 16 * index)) & 0xffffn).toString(16));
  return compress(groups);
}

/** The longest run of two or more zero groups becomes `::`. */
function compress(groups: readonly string[]): string {
  let best = { start: 0, length: 1 };
  for (let start = 0; start < 8; start += 1) {
    let length = 0;
    while (groups[start + length] === "0") length += 1;
    if (length > best.length) best = { start, length };
  }
  if (best.length < 2) return groups.join(":");
  return `${groups.slice(0, best.start).join(":")}::${groups.slice(best.start + best.length).join(":")}`;
}
