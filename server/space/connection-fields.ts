import { z } from "zod";
import { Problem } from "#server/errors.ts";

/** What a connection leads to. `variables` are given by name only, to whatever grain asks for them. */
export const connectionKinds = ["aws", "azure", "gcp", "variables"] as const;
export type ConnectionKind = (typeof connectionKinds)[number];
export const isConnectionKind = (kind: string): kind is ConnectionKind =>
  connectionKinds.some((known) => known === kind);

const text = (most = 200) => z.string().trim().max(most);
const optional = (schema: z.ZodType<string>) => z.union([z.literal(""), schema]).optional();
const region = text(40).regex(/^[a-z][a-z0-9-]+$/, "A region is written like eu-central-1.");
const uuid = z.string().trim().toLowerCase().pipe(z.uuid("An id of 32 hexadecimal digits with hyphens."));
const secretText = z.string().trim().min(1, "Must not be empty.").max(8000);

const Aws = z.object({
  kind: z.literal("aws"),
  accessKeyId: optional(text(128).regex(/^[A-Z0-9]{16,128}$/, "An access key is 16 or more capitals and digits.")),
  secretAccessKey: optional(secretText),
  sessionToken: optional(secretText),
  roleArn: optional(
    text(2048).regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/, "Like arn:aws:iam::123456789012:role/x."),
  ),
  externalId: optional(text(1224).regex(/^[\w+=,.@:/-]{2,}$/, "Two or more letters, digits and + = , . @ : / -")),
  region: optional(region),
  endpoint: optional(
    z.url({ protocol: /^https?$/, error: "An address that begins with http:// or https://." }).max(500),
  ),
});
const Azure = z.object({
  kind: z.literal("azure"),
  tenantId: uuid,
  subscriptionId: uuid,
  clientId: uuid,
  clientSecret: secretText,
});
const Gcp = z.object({
  kind: z.literal("gcp"),
  serviceAccountKey: z.string().trim().min(2).max(20_000),
  project: optional(text(100)),
  region: optional(region),
});
const Variables = z.object({
  kind: z.literal("variables"),
  variables: z.record(z.string().max(64), z.string().max(8000)),
});

export const ConnectionFields = z.discriminatedUnion("kind", [Aws, Azure, Gcp, Variables]);
export type ConnectionFields = z.infer<typeof ConnectionFields>;

/** The variables a connection gives to a step, and what of them may be shown. */
export type ConnectionVariables = { variables: Record<string, string>; publicPart: Record<string, string> };

/** Parts that are no secret: they are shown, and not masked in logs. */
const publicVariables = new Set([
  "AWS_DEFAULT_REGION",
  "AWS_ENDPOINT_URL",
  "AWS_ROLE_ARN",
  "AWS_EXTERNAL_ID",
  "ARM_TENANT_ID",
  "ARM_SUBSCRIPTION_ID",
  "ARM_CLIENT_ID",
  "GOOGLE_PROJECT",
  "GOOGLE_REGION",
]);

export function secretsAmong(variables: Readonly<Record<string, string>>): string[] {
  return Object.entries(variables).flatMap(([name, value]) => (publicVariables.has(name) ? [] : [value]));
}

export function toVariables(fields: ConnectionFields): ConnectionVariables {
  if (fields.kind === "aws") return awsVariables(fields);
  if (fields.kind === "gcp") return googleVariables(fields);
  if (fields.kind === "variables") return namedVariables(fields);
  const { tenantId, subscriptionId, clientId, clientSecret } = fields;
  return {
    variables: {
      ARM_TENANT_ID: tenantId,
      ARM_SUBSCRIPTION_ID: subscriptionId,
      ARM_CLIENT_ID: clientId,
      ARM_CLIENT_SECRET: clientSecret,
    },
    publicPart: { tenantId, subscriptionId, clientId },
  };
}

/** Nothing where nothing was given. */
const given = (entries: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(entries).filter((entry): entry is [string, string] => Boolean(entry[1])));

function awsVariables(fields: z.infer<typeof Aws>): ConnectionVariables {
  const { accessKeyId, secretAccessKey, sessionToken, roleArn, externalId, region, endpoint } = fields;
  if (Boolean(accessKeyId) !== Boolean(secretAccessKey))
    throw wrong(accessKeyId ? "secretAccessKey" : "accessKeyId", "Access key and secret key belong together.");
  if (!accessKeyId && !roleArn)
    throw wrong("accessKeyId", "Give an access key, or a role that the worker's own identity may take.");
  if (externalId && !roleArn) throw wrong("externalId", "An external id goes with a role.");
  return {
    variables: given({
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
      AWS_ROLE_ARN: roleArn,
      AWS_EXTERNAL_ID: externalId,
      // The default only: a blueprint says where it wants to be with AWS_REGION or in its provider.
      AWS_DEFAULT_REGION: region,
      AWS_ENDPOINT_URL: endpoint,
    }),
    publicPart: given({
      accessKeyId: accessKeyId && `…${accessKeyId.slice(-4)}`,
      roleArn,
      externalId,
      region,
      endpoint,
    }),
  };
}

const ServiceAccount = z.object({
  type: z.literal("service_account"),
  project_id: z.string().min(1),
  client_email: z.string().min(3),
  private_key: z.string().includes("PRIVATE KEY"),
});

function googleVariables({ serviceAccountKey, project, region }: z.infer<typeof Gcp>): ConnectionVariables {
  const account = readServiceAccount(serviceAccountKey);
  const projectId = project || account.project_id;
  return {
    variables: given({ GOOGLE_CREDENTIALS: serviceAccountKey, GOOGLE_PROJECT: projectId, GOOGLE_REGION: region }),
    publicPart: given({ account: account.client_email, project: projectId, region }),
  };
}

function readServiceAccount(json: string): z.infer<typeof ServiceAccount> {
  try {
    return ServiceAccount.parse(JSON.parse(json));
  } catch {
    throw wrong("serviceAccountKey", "This is not the JSON key of a service account.");
  }
}

/** Names that decide how a step itself is run. `TF_VAR_` and `TF_TOKEN_` carry values only. */
export const isReserved = (name: string): boolean =>
  /^(GANTRY_|LD_|DYLD_|TF_(?!VAR_|TOKEN_)|(PATH|HOME|LANG|TMPDIR)$)/.test(name);

function namedVariables({ variables }: z.infer<typeof Variables>): ConnectionVariables {
  const names = Object.keys(variables);
  if (names.length === 0) throw wrong("variables", "Give at least one variable.");
  if (names.length > 40) throw wrong("variables", "At most 40 variables.");
  for (const name of names) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
      throw wrong("variables", `${JSON.stringify(name)} is no name of a variable: letters, digits and _.`);
    if (isReserved(name)) throw wrong("variables", `${name} is set by Gantry itself.`);
    if (!variables[name]) throw wrong("variables", `${name} has no value.`);
  }
  return { variables, publicPart: { names: names.sort().join(", ") } };
}

function wrong(path: string, message: string): Problem {
  return new Problem("bad_input", message, { place: { path }, remedy: "Correct the field and save again." });
}
