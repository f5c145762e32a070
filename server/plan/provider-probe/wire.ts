/** The two encodings a Terraform provider speaks: protobuf for messages, msgpack for values. Only what the probe needs. */

export function field(number: number, content: Uint8Array | string): Buffer {
  const bytes = typeof content === "string" ? Buffer.from(content, "utf8") : Buffer.from(content);
  return Buffer.concat([varint((number << 3) | 2), varint(bytes.length), bytes]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  return Buffer.from([...bytes, rest]);
}

/** A configuration value: the first field of a DynamicValue. */
export const dynamicValue = (value: unknown): Buffer => field(1, writeMsgpack(value));

function writeMsgpack(value: unknown): Buffer {
  if (value === null || value === undefined) return Buffer.from([0xc0]);
  if (typeof value === "boolean") return Buffer.from([value ? 0xc3 : 0xc2]);
  if (typeof value === "number") return Buffer.from([value & 0x7f]);
  if (typeof value === "string") {
    const bytes = Buffer.from(value, "utf8");
    return Buffer.concat([lengthPrefix(0xdb, bytes.length), bytes]);
  }
  if (Array.isArray(value)) return Buffer.concat([lengthPrefix(0xdd, value.length), ...value.map(writeMsgpack)]);
  const entries = Object.entries(value as Record<string, unknown>);
  return Buffer.concat([
    lengthPrefix(0xdf, entries.length),
    ...entries.flatMap(([key, item]) => [writeMsgpack(key), writeMsgpack(item)]),
  ]);
}

function lengthPrefix(code: number, length: number): Buffer {
  const prefix = Buffer.alloc(5);
  prefix[0] = code;
  prefix.writeUInt32BE(length, 1);
  return prefix;
}

/** The length-delimited fields of a message, by number. */
export function readFields(message: Buffer): Map<number, Buffer[]> {
  const fields = new Map<number, Buffer[]>();
  let offset = 0;
  const next = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = message[offset++]!;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  while (offset < message.length) {
    const tag = next();
    if ((tag & 7) === 0) next();
    else {
      const length = next();
      const content = message.subarray(offset, offset + length);
      offset += length;
      fields.set(tag >> 3, [...(fields.get(tag >> 3) ?? []), content]);
    }
  }
  return fields;
}

/** Stands for a value that the provider does not know yet. */
export const unknownValue = Symbol("unknown");

export function readMsgpack(bytes: Buffer): unknown {
  const reader = { bytes, offset: 0 };
  return readItem(reader);
}

type Reader = { bytes: Buffer; offset: number };

function take(reader: Reader, length: number): Buffer {
  reader.offset += length;
  return reader.bytes.subarray(reader.offset - length, reader.offset);
}

const unsigned = (reader: Reader, length: number): number =>
  Number(BigInt(`0x${take(reader, length).toString("hex")}`));

function readItem(reader: Reader): unknown {
  const code = take(reader, 1)[0]!;
  if (code < 0x80) return code;
  if (code < 0x90) return readMap(reader, code & 15);
  if (code < 0xa0) return readArray(reader, code & 15);
  if (code < 0xc0) return take(reader, code & 31).toString("utf8");
  if (code >= 0xe0) return code - 256;
  return readLong(reader, code);
}

function readLong(reader: Reader, code: number): unknown {
  if (code === 0xc0) return null;
  if (code === 0xc2 || code === 0xc3) return code === 0xc3;
  if (code === 0xca) return take(reader, 4).readFloatBE();
  if (code === 0xcb) return take(reader, 8).readDoubleBE();
  if (code >= 0xcc && code <= 0xcf) return unsigned(reader, 2 ** (code - 0xcc));
  if (code >= 0xd0 && code <= 0xd3)
    return Number(BigInt.asIntN(8 * 2 ** (code - 0xd0), BigInt(unsigned(reader, 2 ** (code - 0xd0)))));
  if (code >= 0xd9 && code <= 0xdb) return take(reader, unsigned(reader, 2 ** (code - 0xd9))).toString("utf8");
  if (code === 0xdc || code === 0xdd) return readArray(reader, unsigned(reader, code === 0xdc ? 2 : 4));
  if (code === 0xde || code === 0xdf) return readMap(reader, unsigned(reader, code === 0xde ? 2 : 4));
  return readExtension(reader, code);
}

function readExtension(reader: Reader, code: number): unknown {
  const length = code >= 0xd4 && code <= 0xd8 ? 2 ** (code - 0xd4) : unsigned(reader, 2 ** (code - 0xc7));
  take(reader, 1 + length);
  return unknownValue;
}

function readArray(reader: Reader, length: number): unknown[] {
  return Array.from({ length }, () => readItem(reader));
}

function readMap(reader: Reader, length: number): Record<string, unknown> {
  const entries = Array.from({ length }, () => [String(readItem(reader)), readItem(reader)] as const);
  return Object.fromEntries(entries);
}
