import { sql } from "drizzle-orm";
import { environments } from "#db/schema/environment.ts";

/** Whether what an environment was estimated at is only the known part: usage or a missing price lies above it. */
export const estimateIsOpen = sql<boolean>`coalesce(${environments.estimate} #> '{total,upper}' = 'null'::jsonb, false)`;
