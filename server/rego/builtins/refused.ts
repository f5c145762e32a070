import type { Signature } from "./builtin.ts";
import { array, boolean, number, object, oneOf, set, string, type TypeSpec, tupleOf } from "./type-spec.ts";

export interface RefusedBuiltin extends Signature {
  readonly name: string;
  /** Outward: reaches the network or the host. Unsupported: not built here. */
  readonly reason: "outward" | "unsupported";
}

function outward(name: string, params: readonly TypeSpec[], result: TypeSpec): RefusedBuiltin {
  return { name, params, result, reason: "outward" };
}

function unsupported(name: string, params: readonly TypeSpec[], result: TypeSpec): RefusedBuiltin {
  return { name, params, result, reason: "unsupported" };
}

const document = oneOf(string, object);

/** Built-ins of OPA that never run here; mocked tests may still name them. */
export const refused: readonly RefusedBuiltin[] = [
  outward("http.send", [object], object),
  outward("net.lookup_ip_addr", [string], set),
  unsupported("rego.parse_module", [string, string], object),
  unsupported("crypto.parse_private_keys", [string], array),
  unsupported("crypto.x509.parse_and_verify_certificates", [string], tupleOf(boolean, array)),
  unsupported("crypto.x509.parse_and_verify_certificates_with_options", [string, object], tupleOf(boolean, array)),
  unsupported("crypto.x509.parse_certificate_request", [string], object),
  unsupported("crypto.x509.parse_certificates", [string], array),
  unsupported("crypto.x509.parse_keypair", [string, string], object),
  unsupported("crypto.x509.parse_rsa_private_key", [string], object),
  unsupported("providers.aws.sign_req", [object, object, number], object),
  unsupported("graphql.is_valid", [document, document], boolean),
  unsupported("graphql.parse", [document, document], tupleOf(object, object)),
  unsupported("graphql.parse_and_verify", [document, document], tupleOf(boolean, object, object)),
  unsupported("graphql.parse_query", [string], object),
  unsupported("graphql.parse_schema", [string], object),
  unsupported("graphql.schema_is_valid", [document], boolean),
];

/** What Torque forbids in its policies; here they run only where the caller grants them. */
export const forbiddenBuiltins: ReadonlySet<string> = new Set([
  "http.send",
  "opa.runtime",
  "rego.parse_module",
  "time.now_ns",
  "trace",
]);
