/** Addresses as integers; an IPv4 address mapped into IPv6 is IPv4, as it is for Go. */
export interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

export interface Network {
  readonly bits: 32 | 128;
  readonly prefix: number;
  readonly first: bigint;
  readonly last: bigint;
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    value = (value << 8n) | BigInt(part);
  }
  return value;
}

function groupsOf(text: string): bigint[] | undefined {
  if (text === "") return [];
  const parts = text.split(":");
  if (parts.some((part) => !/^[0-9a-fA-F]{1,4}$/.test(part))) return undefined;
  return parts.map((part) => BigInt(`0x${part}`));
}

/** A dotted end, as in `::ffff:1.2.3.4`, written as two groups. */
function withoutDots(text: string): string | undefined {
  const colon = text.lastIndexOf(":");
  const tail = text.slice(colon + 1);
  if (!tail.includes(".")) return text;
  const value = parseV4(tail);
  return value === undefined
    ? undefined
    : `${text.slice(0, colon + 1)}${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
}

function parseV6(text: string): bigint | undefined {
  const plain = withoutDots(text);
  const halves = plain?.split("::");
  if (!halves || halves.length > 2) return undefined;
  const [left, right] = [groupsOf(halves[0] as string), halves[1] === undefined ? [] : groupsOf(halves[1])];
  if (!left || !right) return undefined;
  const missing = 8 - left.length - right.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...left, ...Array<bigint>(missing).fill(0n), ...right];
  return groups.reduce((value, group) => (value << 16n) | group, 0n);
}

const MAPPED = 0xffffn << 32n;

function isMapped(value: bigint): boolean {
  return value >> 32n === 0xffffn;
}

export function parseAddress(text: string): Address | undefined {
  if (!text.includes(":")) {
    const value = parseV4(text);
    return value === undefined ? undefined : { bits: 32, value };
  }
  const value = parseV6(text);
  if (value === undefined) return undefined;
  return isMapped(value) ? { bits: 32, value: value - MAPPED } : { bits: 128, value };
}

export function networkOf({ bits, value }: Address, prefix: number): Network {
  const host = (1n << BigInt(bits - prefix)) - 1n;
  return { bits, prefix, first: value & ~host, last: value | host };
}

export function parseNetwork(text: string): Network | undefined {
  const slash = text.indexOf("/");
  const prefixText = text.slice(slash + 1);
  if (slash < 0 || !/^\d{1,3}$/.test(prefixText)) return undefined;
  const addressText = text.slice(0, slash);
  const address = parseAddress(addressText);
  const prefix = Number(prefixText);
  if (!address || prefix > (addressText.includes(":") ? 128 : 32)) return undefined;
  if (address.bits === 128 || !addressText.includes(":")) return networkOf(address, prefix);
  if (prefix >= 96) return networkOf(address, prefix - 96);
  return networkOf({ bits: 128, value: address.value + MAPPED }, prefix);
}

function formatV6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(112 - 16 * i)) & 0xffffn));
  let best = { start: -1, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  const hex = groups.map((group) => group.toString(16));
  if (best.start < 0) return hex.join(":");
  return `${hex.slice(0, best.start).join(":")}::${hex.slice(best.start + best.length).join(":")}`;
}

export function formatAddress({ bits, value }: Address): string {
  if (bits === 128) return formatV6(value);
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 0xffn)).join(".");
}

export function formatNetwork({ bits, first, prefix }: Network): string {
  return `${formatAddress({ bits, value: first })}/${prefix}`;
}
