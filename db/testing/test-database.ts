import { randomBytes } from "node:crypto";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import { openDatabase } from "#db/client.ts";

export type TestDatabase = { readonly db: NodePgDatabase; readonly url: string };

/**
 * A migrated database of this test file's own, dropped afterwards. Call at the top of the file; use the result inside
 * tests and hooks only.
 */
export function openTestDatabase(): TestDatabase {
  const { admin, template } = inject("testDatabase");
  const name = `test_${randomBytes(8).toString("hex")}`;
  const url = new URL(admin);
  url.pathname = `/${name}`;
  let open: ReturnType<typeof openDatabase> | undefined;
  const administer = async (statement: string) => {
    const client = new pg.Client({ connectionString: admin });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  beforeAll(async () => {
    await administer(`create database ${name} template ${template}`);
    open = openDatabase(url.href);
  });
  afterAll(async () => {
    await open?.pool.end();
    await administer(`drop database if exists ${name} with (force)`);
  });
  return {
    url: url.href,
    get db() {
      if (!open) throw new Error("The test database is open inside tests and hooks only.");
      return open.db;
    },
  };
}
