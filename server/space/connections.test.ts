import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { environments } from "#db/schema/environment.ts";
import { secrets } from "#db/schema/space.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { systemActor } from "#server/actor.ts";
import { loadActor } from "#server/auth/load-actor.ts";
import { createContext } from "#server/context.ts";
import { type ConnectionFields, secretsAmong, toVariables } from "./connection-fields.ts";
import { listConnections, removeConnection, saveConnection, serveLaunches, servingConnections } from "./connections.ts";
import { createDemoAccounts } from "./demo.ts";
import { openSecret, saveSecret } from "./secrets.ts";

const database = openTestDatabase();
let made: Awaited<ReturnType<typeof createDemoAccounts>>;
let spaceId: string;

async function as(key: string) {
  const actor = await loadActor(database.db, made.people[key] ?? "");
  if (!actor) throw new Error(`${key} cannot act`);
  return createContext({ db: database.db, actor, via: "ui" });
}

beforeAll(async () => {
  made = await createDemoAccounts(createContext({ db: database.db, actor: systemActor("release"), via: "command" }));
  spaceId = made.spaces.payments ?? "";
});

const aws = {
  kind: "aws" as const,
  accessKeyId: "AKIATRIALTRIALTRIAL7",
  secretAccessKey: "very/secret+key",
  region: "eu-central-1",
};

async function environmentWith(connection: string): Promise<string> {
  const [row] = await database.db
    .insert(environments)
    .values({
      spaceId,
      name: "trial",
      ownerId: made.people.maya ?? "",
      requestedBy: { kind: "system", id: "release", name: "release" },
      via: "command",
      state: "active",
      stateSince: new Date(),
      blueprintName: "x",
      revisionId: spaceId,
      agent: "local",
      simulated: false,
      connection,
      inputs: {},
      createdAt: new Date(),
    })
    .returning({ id: environments.id });
  return row?.id ?? "";
}

test("an admin connects a cloud; nobody reads the credentials again, and the first one serves its launches", async () => {
  await saveConnection(await as("sam"), { spaceId, name: "sandbox", fields: aws });
  const [row] = await listConnections(await as("maya"), { spaceId });
  expect(row).toMatchObject({
    name: "sandbox",
    kind: "aws",
    publicPart: { accessKeyId: "…IAL7", region: "eu-central-1" },
    servesLaunches: true,
    createdBy: "Sam Whitfield",
    updatedBy: null,
    lastUsedAt: null,
    environments: 0,
  });
  for (const shown of [row, await database.db.select().from(secrets), await database.db.select().from(auditEvents)])
    expect(JSON.stringify(shown)).not.toMatch(/AKIATRIAL|very\/secret/);
  expect(await openSecret(database, { spaceId, name: "sandbox" })).toEqual({
    AWS_ACCESS_KEY_ID: aws.accessKeyId,
    AWS_SECRET_ACCESS_KEY: aws.secretAccessKey,
    AWS_DEFAULT_REGION: "eu-central-1",
  });
  expect(await servingConnections(database, spaceId)).toEqual({ aws: "sandbox" });
});

test("of several added at once exactly one serves, of each cloud", async () => {
  const elsewhere = made.spaces["data-platform"] ?? "";
  const alex = await as("alex");
  const ids = { tenantId: uuid, clientId: uuid, subscriptionId: uuid };
  const azure = { kind: "azure" as const, ...ids, clientSecret: "s3cret~value" };
  for (const fields of [aws, azure]) {
    const names = ["one", "two", "three", "four"].map((name) => `${name}-${fields.kind}`);
    await Promise.all(names.map((name) => saveConnection(alex, { spaceId: elsewhere, name, fields })));
    const all = await listConnections(alex, { spaceId: elsewhere });
    expect(all.filter((row) => row.kind === fields.kind && row.servesLaunches)).toHaveLength(1);
  }
});

test("a second one of the same cloud serves nothing until somebody chooses it; then the first does no longer", async () => {
  const sam = await as("sam");
  await saveConnection(sam, { spaceId, name: "other", fields: aws });
  expect(await servingConnections(database, spaceId)).toEqual({ aws: "sandbox" });
  await serveLaunches(sam, { spaceId, name: "other", serves: true });
  expect(await servingConnections(database, spaceId)).toEqual({ aws: "other" });
  await serveLaunches(sam, { spaceId, name: "other", serves: false });
  expect(await servingConnections(database, spaceId)).toEqual({});
  await serveLaunches(sam, { spaceId, name: "sandbox", serves: true });
});

test("what was done by the same admin already is done once: adding, choosing and removing a connection", async () => {
  const sam = await as("sam");
  const events = () => database.db.$count(auditEvents);
  const repeat = async (act: () => Promise<unknown>, added: number) => {
    const before = await events();
    await act();
    await act();
    expect((await events()) - before).toBe(added);
  };
  await repeat(() => saveConnection(sam, { spaceId, name: "repeat", fields: aws }), 1);
  await repeat(() => serveLaunches(sam, { spaceId, name: "repeat", serves: true }), 1);
  await serveLaunches(sam, { spaceId, name: "sandbox", serves: true });
  await repeat(() => removeConnection(sam, { spaceId, name: "repeat" }), 1);
  await expect(removeConnection(await as("alex"), { spaceId, name: "repeat" })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("a name that is taken is replaced only by who means to, and never by another kind", async () => {
  const sam = await as("sam");
  const other = { ...aws, secretAccessKey: "another/secret+key" };
  await expect(saveConnection(sam, { spaceId, name: "sandbox", fields: other })).rejects.toMatchObject({
    code: "conflict",
  });
  const fields = { kind: "variables" as const, variables: { API_TOKEN: "x-very-secret" } };
  await expect(saveConnection(sam, { spaceId, name: "sandbox", fields, replaces: true })).rejects.toMatchObject({
    code: "conflict",
  });
  await saveConnection(sam, {
    spaceId,
    name: "sandbox",
    fields: { ...aws, secretAccessKey: "newer" },
    replaces: true,
  });
  expect(await openSecret(database, { spaceId, name: "sandbox" })).toMatchObject({ AWS_SECRET_ACCESS_KEY: "newer" });
  const [, row] = await listConnections(sam, { spaceId });
  expect(row).toMatchObject({ name: "sandbox", updatedBy: "Sam Whitfield", servesLaunches: true });
});

test("while an environment runs with it, a connection neither goes nor leads elsewhere", async () => {
  const sam = await as("sam");
  const id = await environmentWith("sandbox");
  await expect(removeConnection(sam, { spaceId, name: "sandbox" })).rejects.toThrow(/runs with "sandbox"/);
  const fields = { ...aws, endpoint: "http://127.0.0.1:4566" };
  await expect(saveConnection(sam, { spaceId, name: "sandbox", fields, replaces: true })).rejects.toThrow(
    /cannot lead elsewhere/,
  );
  await saveConnection(sam, { spaceId, name: "sandbox", fields: aws, replaces: true });
  await database.db.update(environments).set({ state: "ended" }).where(eq(environments.id, id));
  await removeConnection(sam, { spaceId, name: "sandbox" });
  expect((await listConnections(sam, { spaceId })).map(({ name }) => name)).toEqual(["other"]);
});

test("a connection cannot be made or replaced as a plain secret, which would lead what runs with it elsewhere", async () => {
  const sam = await as("sam");
  await saveConnection(sam, { spaceId, name: "kept", fields: aws });
  const value = { AWS_ACCESS_KEY_ID: "AKIATRIALTRIALTRIAL0", AWS_ENDPOINT_URL: "http://127.0.0.1:1" };
  for (const kind of ["parameter", "aws"])
    await expect(saveSecret(sam, { spaceId, name: "kept", kind, value })).rejects.toMatchObject({ code: "conflict" });
  await expect(saveSecret(sam, { spaceId, name: "new", kind: "gcp", value })).rejects.toMatchObject({
    code: "conflict",
  });
  expect(await openSecret(database, { spaceId, name: "kept" })).not.toHaveProperty("AWS_ENDPOINT_URL");
  await expect(
    saveSecret(sam, { spaceId, name: "loader", kind: "parameter", value: { LD_PRELOAD: "/tmp/x.so" } }),
  ).rejects.toMatchObject({ code: "bad_input", message: expect.stringContaining("LD_PRELOAD") });
  await removeConnection(sam, { spaceId, name: "kept" });
});

test("members see which connections there are and change none", async () => {
  const maya = await as("maya");
  for (const attempt of [
    () => saveConnection(maya, { spaceId, name: "mine", fields: aws }),
    () => removeConnection(maya, { spaceId, name: "other" }),
    () => serveLaunches(maya, { spaceId, name: "other", serves: true }),
  ])
    expect(attempt).toThrow(/roles do not allow/);
});

const google = JSON.stringify({
  type: "service_account",
  project_id: "shop-dev",
  client_email: "gantry@shop-dev.iam.gserviceaccount.com",
  private_key: "-----BEGIN PRIVATE KEY-----\nMIIsecret\n-----END PRIVATE KEY-----\n",
});
const uuid = "11111111-2222-4333-8444-555555555555";

test.each<[string, ConnectionFields, Record<string, string>, string[]]>([
  [
    "a role with an external id, taken with keys, on another endpoint",
    { ...aws, roleArn: "arn:aws:iam::123456789012:role/gantry", externalId: "shop-1", endpoint: "http://x.test:1" },
    { accessKeyId: "…IAL7", roleArn: "arn:aws:iam::123456789012:role/gantry", endpoint: "http://x.test:1" },
    [aws.accessKeyId, aws.secretAccessKey],
  ],
  [
    "a role that the worker's own identity takes",
    { kind: "aws", roleArn: "arn:aws:iam::123456789012:role/gantry" },
    { roleArn: "arn:aws:iam::123456789012:role/gantry" },
    [],
  ],
  [
    "an Azure service principal",
    { kind: "azure", tenantId: uuid, subscriptionId: uuid, clientId: uuid, clientSecret: "s3cret~value" },
    { tenantId: uuid, subscriptionId: uuid, clientId: uuid },
    ["s3cret~value"],
  ],
  [
    "a Google service account",
    { kind: "gcp", serviceAccountKey: google },
    { account: "gantry@shop-dev.iam.gserviceaccount.com", project: "shop-dev" },
    [google],
  ],
  ["variables", { kind: "variables", variables: { B_TOKEN: "b", A: "a" } }, { names: "A, B_TOKEN" }, ["b", "a"]],
])("%s: what is shown and what is secret", (_, fields, shown, hidden) => {
  const { variables, publicPart } = toVariables(fields);
  expect(publicPart).toMatchObject(shown);
  expect(secretsAmong(variables)).toEqual(hidden);
});

test.each<[string, ConnectionFields, string]>([
  ["half a key", { kind: "aws", accessKeyId: aws.accessKeyId }, "secretAccessKey"],
  ["nothing at all", { kind: "aws" }, "accessKeyId"],
  ["an external id without a role", { ...aws, externalId: "shop-1" }, "externalId"],
  ["a key that is no JSON", { kind: "gcp", serviceAccountKey: "{}" }, "serviceAccountKey"],
  ["a name that Gantry sets", { kind: "variables", variables: { TF_DATA_DIR: "x" } }, "variables"],
  ["a name that decides what runs", { kind: "variables", variables: { PATH: "x" } }, "variables"],
  ["no variables", { kind: "variables", variables: {} }, "variables"],
])("%s is refused, naming the field", (_, fields, path) => {
  expect(() => toVariables(fields)).toThrow(expect.objectContaining({ code: "bad_input", place: { path } }));
});
