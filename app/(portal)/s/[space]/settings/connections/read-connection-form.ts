import type { ConnectionFields } from "#server/space/connection-fields.ts";
import { type ConnectionKind, connectionFields } from "./connection-words.ts";

/** What the form says, in the shape the server asks for. The server judges it. */
export function readConnectionForm(kind: ConnectionKind, form: FormData): ConnectionFields {
  const entries = connectionFields[kind].map(({ name }) => [name, String(form.get(name) ?? "").trim()] as const);
  if (kind !== "variables") return { kind, ...Object.fromEntries(entries) } as ConnectionFields;
  const lines = (entries[0]?.[1] ?? "").split("\n").filter((line) => line.trim() !== "");
  return { kind, variables: Object.fromEntries(lines.map(readLine)) };
}

/** `NAME=value`; the value may hold further signs of equality. */
function readLine(line: string): [string, string] {
  const at = line.indexOf("=");
  return at === -1 ? [line.trim(), ""] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}
