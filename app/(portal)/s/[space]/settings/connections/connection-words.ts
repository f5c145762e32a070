import { cloudWords } from "#app/_portal/cloud-words.ts";
import type { Outputs } from "#app/_trpc/outputs.ts";

export type Connection = Outputs["connection"]["list"][number];
export type ConnectionKind = Connection["kind"];

export const kindWords = {
  ...cloudWords,
  variables: "Variables",
} as const satisfies Record<ConnectionKind, string>;

export type ConnectionField = {
  name: string;
  label: string;
  hint?: string;
  /** Never shown again once it is stored. */
  secret?: true;
  required?: true;
  /** Several lines. */
  long?: true;
  example?: string;
};

/** What is asked for each kind; only what is no secret is filled in again when credentials are replaced. */
export const connectionFields = {
  aws: [
    {
      name: "accessKeyId",
      label: "Access key",
      secret: true,
      hint: "Leave out where the worker's own identity takes the role.",
    },
    { name: "secretAccessKey", label: "Secret key", secret: true },
    { name: "sessionToken", label: "Session token", secret: true, hint: "With temporary keys only." },
    {
      name: "roleArn",
      label: "Role to take",
      hint: "Terraform acts in this role.",
      example: "arn:aws:iam::123456789012:role/gantry",
    },
    { name: "externalId", label: "External id", hint: "If the role asks for one." },
    { name: "region", label: "Default region", hint: "Where a blueprint names none.", example: "eu-central-1" },
    {
      name: "endpoint",
      label: "Custom endpoint",
      hint: "An emulator of AWS's API, for training and tests. Empty is AWS itself.",
      example: "http://localhost:4566",
    },
  ],
  azure: [
    { name: "tenantId", label: "Tenant id", required: true },
    { name: "subscriptionId", label: "Subscription id", required: true },
    { name: "clientId", label: "Client id", required: true },
    { name: "clientSecret", label: "Client secret", secret: true, required: true },
  ],
  gcp: [
    {
      name: "serviceAccountKey",
      label: "Service account key",
      secret: true,
      required: true,
      long: true,
      hint: "The whole JSON file.",
    },
    { name: "project", label: "Project", hint: "The account's own where it is empty." },
    { name: "region", label: "Default region", example: "europe-west3" },
  ],
  variables: [
    {
      name: "variables",
      label: "Variables",
      secret: true,
      required: true,
      long: true,
      hint: "One a line, as NAME=value. Given to grains that ask for this connection by name.",
    },
  ],
} as const satisfies Record<ConnectionKind, readonly ConnectionField[]>;

/** How the parts that may be shown are called. */
export const partWords: Record<string, string> = {
  accessKeyId: "key",
  roleArn: "role",
  externalId: "external id",
  region: "region",
  endpoint: "endpoint",
  tenantId: "tenant",
  subscriptionId: "subscription",
  clientId: "client",
  account: "account",
  project: "project",
  names: "names",
};
