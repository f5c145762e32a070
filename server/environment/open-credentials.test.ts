import { expect, test } from "vitest";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { listConnections, saveConnection } from "#server/space/connections.ts";
import { saveSecret } from "#server/space/secrets.ts";
import { openCredentials } from "./open-credentials.ts";
import { openPortal } from "./testing/portal.ts";

const database = openTestDatabase();

test("a step gets the variables of what it names; only secrets are to be masked, and the use is written down", async () => {
  const portal = await openPortal(database.db, { sam: ["admin"] });
  const { spaceId } = portal;
  const sam = await portal.as("sam");
  const keys = { accessKeyId: "AKIATRIALTRIALTRIAL7", secretAccessKey: "very/secret+key" };
  const fields = { kind: "aws" as const, ...keys, endpoint: "http://localhost:4566", region: "eu-central-1" };
  await saveConnection(sam, { spaceId, name: "sandbox", fields });
  await saveSecret(sam, { spaceId, name: "mail", kind: "parameter", value: { SMTP_PASSWORD: "x-very-secret" } });
  const opened = await openCredentials(sam, { spaceId, number: 77 }, ["sandbox", "mail"]);
  expect(opened.variables).toEqual({
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    AWS_DEFAULT_REGION: "eu-central-1",
    AWS_ENDPOINT_URL: "http://localhost:4566",
    SMTP_PASSWORD: "x-very-secret",
  });
  expect(opened.secrets.sort()).toEqual([keys.accessKeyId, keys.secretAccessKey, "x-very-secret"].sort());
  const [connection] = await listConnections(sam, { spaceId });
  expect(connection).toMatchObject({ lastUsedFor: "env-77", lastUsedAt: expect.any(Date) });
});

test("what was removed meanwhile is named, with where to add it", async () => {
  const portal = await openPortal(database.db, { sam: ["admin"] });
  await expect(
    openCredentials(await portal.as("sam"), { spaceId: portal.spaceId, number: 1 }, ["gone"]),
  ).rejects.toMatchObject({ code: "not_found", remedy: expect.stringContaining("Cloud connections") });
});
