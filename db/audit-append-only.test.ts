import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditCheckpoints, auditEvents } from "./schema/audit.ts";
import { openTestDatabase } from "./testing/test-database.ts";

const database = openTestDatabase();

test("the database refuses to change, delete or truncate audit records", async () => {
  const at = new Date();
  await database.db.insert(auditCheckpoints).values({ seq: 1, hash: "h", keyId: "k", signature: "s", note: "n", at });
  for (const table of [auditEvents, auditCheckpoints])
    await expect(database.db.execute(sql`truncate ${table}`)).rejects.toMatchObject({
      cause: { message: expect.stringContaining("append-only") },
    });
  await expect(database.db.update(auditCheckpoints).set({ hash: "other" })).rejects.toMatchObject({
    cause: { message: expect.stringContaining("append-only") },
  });
  await expect(database.db.delete(auditCheckpoints)).rejects.toMatchObject({
    cause: { message: expect.stringContaining("append-only") },
  });
});
