// @ts-check
// Brings a database to the newest migration. Plain JavaScript for the same reason as embedded-postgres.mjs.
import path from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";

const LOCK = 727274;

/** Creates the database of the URL if it is missing. */
export async function ensureDatabase(/** @type {string} */ url) {
  const target = new URL(url);
  const name = decodeURIComponent(target.pathname.slice(1));
  target.pathname = "/postgres";
  const client = new pg.Client({ connectionString: target.href });
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (found.rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`);
  } catch (error) {
    // Two starts at once: the other one made it.
    if (
      /** @type {{ code?: string }} */ (error).code !== "42P04" &&
      /** @type {{ code?: string }} */ (error).code !== "23505"
    )
      throw error;
  } finally {
    await client.end();
  }
}

/** Runs all outstanding migrations; several processes may call it at once. Throws when the server is older than 15. */
export async function migrateDatabase(/** @type {string} */ url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const version = await client.query("select current_setting('server_version_num')::int as n");
    if (version.rows[0].n < 150_000) throw new Error("Gantry needs PostgreSQL 15 or newer.");
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    await migrate(drizzle(client), { migrationsFolder: path.join(import.meta.dirname, "migrations") });
  } finally {
    await client.end();
  }
}
