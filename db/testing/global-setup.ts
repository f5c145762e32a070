import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { ensurePostgres } from "#db/embedded-postgres.mjs";
import { migrateDatabase } from "#db/migrate.mjs";

const root = path.resolve(import.meta.dirname, "..", "..");

/** Name of the template database for the present migrations: a changed migration makes a new template. */
function templateName(): string {
  const folder = path.join(root, "db/migrations");
  const hash = createHash("sha256");
  for (const name of fs.readdirSync(folder).sort())
    if (name.endsWith(".sql")) hash.update(fs.readFileSync(path.join(folder, name)));
  return `template_${hash.digest("hex").slice(0, 12)}`;
}

/** One PostgreSQL for all test files, adopted when another run has it up; each file copies the migrated template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const fast = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"];
  const given = process.env.TEST_DATABASE_URL;
  const server = given
    ? undefined
    : await ensurePostgres({ data: path.join(root, ".data/test/postgres"), options: fast });
  const url = (database: string) => {
    if (server) return server.url(database);
    const target = new URL(given ?? "");
    target.pathname = `/${database}`;
    return target.href;
  };
  const template = templateName();
  const admin = new pg.Client({ connectionString: url("postgres") });
  await admin.connect();
  await admin.query("select pg_advisory_lock(727275)");
  const found = await admin.query("select 1 from pg_database where datname = $1", [template]);
  if (found.rowCount === 0) {
    await admin.query(`create database building_${template}`);
    await migrateDatabase(url(`building_${template}`));
    await admin.query(`alter database building_${template} rename to ${template}`);
  }
  await admin.query("select pg_advisory_unlock(727275)");
  project.provide("testDatabase", { admin: url("postgres"), template });
  return async () => {
    await admin.end();
    await server?.stop();
  };
}

declare module "vitest" {
  interface ProvidedContext {
    testDatabase: { admin: string; template: string };
  }
}
