import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import { config } from "#server/config.ts";

/** A database handle or a transaction: both offer the same queries. */
export type Db = Omit<NodePgDatabase, "$client">;

/** Opens a pool. Sessions that idle inside a transaction are cut, so that a dead process holds no lock for long. */
export function openDatabase(url: string, size = 16): { db: NodePgDatabase; pool: pg.Pool } {
  const pool = new pg.Pool({ connectionString: url, max: size, idle_in_transaction_session_timeout: 60_000 });
  pool.on("error", () => {
    // An idle connection broke; the pool replaces it, and the next query reports a server that is really gone.
  });
  return { db: drizzle(pool), pool };
}

type Shared = typeof globalThis & { gantryDatabase?: { db: NodePgDatabase; pool: pg.Pool } };

/** The process-wide handle. Kept on globalThis: Next loads modules more than once in a process. */
export function database(): NodePgDatabase {
  const shared = globalThis as Shared;
  const url = config().DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set. Start Gantry with `npm start`, which sets it.");
  shared.gantryDatabase ??= openDatabase(url);
  return shared.gantryDatabase.db;
}

/** Closes the process-wide handle; for commands and a stopping worker. */
export async function closeDatabase(): Promise<void> {
  const shared = globalThis as Shared;
  const open = shared.gantryDatabase;
  delete shared.gantryDatabase;
  await open?.pool.end();
}
