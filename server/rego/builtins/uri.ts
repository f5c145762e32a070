import { ObjectBuilder } from "#server/rego/values/rego-object.ts";
import type { Value } from "#server/rego/values/value.ts";
import type { Builtin } from "./builtin.ts";
import { failed } from "./builtin-error.ts";
import { operand, stringOperand } from "./operands.ts";
import { any, boolean, objectOf, string } from "./type-spec.ts";
import { percentDecode, percentEncode } from "./url-escape.ts";

interface Uri {
  readonly scheme: string;
  readonly hostname: string;
  readonly port: string;
  readonly path: string;
  readonly rawPath: string;
  readonly rawQuery: string;
  readonly fragment: string;
}

function cut(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

function fault(uri: string, message: string): Error {
  return failed(`parse ${JSON.stringify(uri)}: ${message}`);
}

function parseScheme(uri: string): [scheme: string, rest: string] {
  if (uri.startsWith(":")) throw fault(uri, "missing protocol scheme");
  const match = /^([a-zA-Z][a-zA-Z0-9+\-.]*):/.exec(uri);
  return match ? [(match[1] as string).toLowerCase(), uri.slice(match[0].length)] : ["", uri];
}

function parseHost(uri: string, authority: string): { hostname: string; port: string } {
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  if (host.startsWith("[") && !host.includes("]")) throw fault(uri, "missing ']' in host");
  const colon = host.lastIndexOf(":");
  const hasPort = colon > host.lastIndexOf("]");
  const after = host.startsWith("[") ? host.slice(host.lastIndexOf("]") + 1) : hasPort ? host.slice(colon) : "";
  if (!/^(:\d*)?$/.test(after)) throw fault(uri, `invalid port ${JSON.stringify(after)} after host`);
  const name = after === "" ? host : host.slice(0, host.length - after.length);
  const strange = /[\s"<>\\^`{|}]/.exec(name);
  if (strange) throw fault(uri, `invalid character ${JSON.stringify(strange[0])} in host name`);
  return { hostname: percentDecode(name.startsWith("[") ? name.slice(1, -1) : name), port: after.slice(1) };
}

/** The parts that RFC 3986 knows, by Go's reading of it. */
function parseUri(uri: string): Uri {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused.
  if (/[\0-\x1f\x7f]/.test(uri)) throw fault(uri, "net/url: invalid control character in URL");
  const [whole, fragment] = cut(uri, "#");
  const [scheme, afterScheme] = parseScheme(whole);
  const [hierarchical, rawQuery] = cut(afterScheme, "?");
  const decoded = { scheme, rawQuery, fragment: percentDecode(fragment) };
  if (!hierarchical.startsWith("/")) {
    if (scheme !== "") return { ...decoded, hostname: "", port: "", path: "", rawPath: "" };
    if (cut(hierarchical, "/")[0].includes(":")) throw fault(uri, "first path segment in URL cannot contain colon");
  }
  const hasAuthority = hierarchical.startsWith("//") && (scheme !== "" || !hierarchical.startsWith("///"));
  const slash = hasAuthority ? hierarchical.indexOf("/", 2) : 0;
  const authority = hasAuthority ? hierarchical.slice(2, slash < 0 ? undefined : slash) : "";
  const rawPath = slash < 0 ? "" : hierarchical.slice(slash);
  const path = percentDecode(rawPath);
  const isDefault = percentEncode(path, "$&+,/:;=@") === rawPath;
  return { ...decoded, ...parseHost(uri, authority), path, rawPath: isDefault ? path : rawPath };
}

function described(uri: Uri): Value {
  const builder = new ObjectBuilder();
  const fields: [string, string][] = [
    ["scheme", uri.scheme],
    ["hostname", uri.hostname],
    ["port", uri.port],
    ["path", uri.path],
    ["raw_path", uri.rawPath],
    ["raw_query", uri.rawQuery],
    ["fragment", uri.fragment],
  ];
  for (const [name, text] of fields) if (text !== "") builder.set(name, text);
  return builder.build();
}

export const uris: readonly Builtin[] = [
  {
    name: "uri.parse",
    params: [string],
    result: objectOf(string, any),
    call: (args) => described(parseUri(stringOperand(args, 0))),
  },
  {
    name: "uri.is_valid",
    params: [any],
    result: boolean,
    call: (args) => {
      const uri = operand(args, 0);
      if (typeof uri !== "string" || uri === "") return false;
      try {
        parseUri(uri);
        return true;
      } catch {
        return false;
      }
    },
  },
];
