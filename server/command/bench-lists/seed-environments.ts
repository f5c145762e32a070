import { eq, sql } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { environments, occupyingStates } from "#db/schema/environment.ts";
import { drawFrom, oneOf } from "./draw.ts";
import type { SeededPerson } from "./seed-people.ts";

/** Share of the environments that take a place now: running, waiting, in trouble. */
const occupyingShare = 0.15;

type Wanted = { spaceId: string; count: number; people: readonly SeededPerson[]; from: Date; to: Date };

/** Rows that hang on an environment, and what of them must be its own beside times. Before them: `s`, after: the copy `c`. */
const tables: { table: string; of: string; own: Record<string, string> }[] = [
  {
    table: "environments",
    of: "s.id",
    own: {
      id: copied("s.id"),
      number: "nextval(pg_get_serial_sequence('environments', 'number'))",
      name: "left(s.name || '-' || c.n, 60)",
      owner_id: "c.owner_id",
      requested_by: "jsonb_build_object('kind', 'person', 'id', c.owner_id, 'name', c.owner_name)",
      decision_id: copied("s.decision_id"),
      // Sealed values are bound to their row and open nowhere else.
      sealed_inputs: "null",
      sealed_outputs: "null",
    },
  },
  {
    table: "environment_transitions",
    of: "s.environment_id",
    own: { id: "nextval(pg_get_serial_sequence('environment_transitions', 'id'))" },
  },
  { table: "resources", of: "s.environment_id", own: { id: copied("s.id") } },
  { table: "decisions", of: "s.environment_id", own: { id: copied("s.id") } },
  {
    table: "approval_requests",
    of: "s.environment_id",
    own: { id: copied("s.id"), decision_id: copied("s.decision_id") },
  },
  { table: "runs", of: "s.environment_id", own: { id: copied("s.id"), job_id: "null" } },
  { table: "run_steps", of: "s.environment_id", own: { id: copied("s.id"), run_id: copied("s.run_id") } },
  { table: "grain_outputs", of: "s.environment_id", own: { sealed_outputs: "null" } },
  {
    table: "log_lines",
    of: "s.environment_id",
    own: {
      id: "nextval(pg_get_serial_sequence('log_lines', 'id'))",
      run_id: copied("s.run_id"),
      step_id: copied("s.step_id"),
    },
  },
];

/** The id of a copy: a digest in the form of a random UUID, the same wherever the original's id stands. */
function copied(id: string): string {
  return `overlay(overlay(md5(${id}::text || '/' || c.n) placing '4' from 13) placing '8' from 17)::uuid`;
}

/**
 * Fills a space with copies of the environments it has, each with its decisions, approvals, runs, steps, log, resources
 * and costs, moved in time between `from` and `to`. Plans, estimates and verdicts are therefore as long as real ones.
 */
export async function seedEnvironments(db: NodePgDatabase, wanted: Wanted): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`create temporary table copies (n integer, source_id uuid, moved interval, owner_id uuid,
      owner_name text) on commit drop`);
    const rows = await planCopies(tx as unknown as NodePgDatabase, wanted);
    await tx.execute(
      sql`insert into copies select * from json_populate_recordset(null::copies, ${JSON.stringify(rows)}::json)`,
    );
    for (const { table, of, own } of tables)
      await tx.execute(sql.raw(await copyStatement(tx as never, { table, of, own })));
    await tx.execute(sql.raw(votesStatement));
  });
}

type Copy = { n: number; source_id: string; moved: string; owner_id: string; owner_name: string };

async function planCopies(db: NodePgDatabase, { spaceId, count, people, from, to }: Wanted): Promise<Copy[]> {
  const columns = { id: environments.id, state: environments.state, createdAt: environments.createdAt };
  const known = await db.select(columns).from(environments).where(eq(environments.spaceId, spaceId));
  const isOccupying = ({ state }: { state: string }) => (occupyingStates as readonly string[]).includes(state);
  const [standing, over] = [known.filter(isOccupying), known.filter((each) => !isOccupying(each))];
  const draw = drawFrom(3);
  const span = to.getTime() - from.getTime();
  return Array.from({ length: Math.max(0, count - known.length) }, (_, n) => {
    const isStanding = draw() < occupyingShare;
    const source = oneOf(isStanding ? standing : over, draw);
    const owner = oneOf(people, draw);
    // What stands now keeps its distance to now; what is over lies anywhere in between.
    const ms = isStanding ? span - Math.floor(draw() * 3_600_000) : Math.floor(draw() * span);
    return { n: n + 1, source_id: source.id, moved: `${ms} milliseconds`, owner_id: owner.id, owner_name: owner.name };
  });
}

/** `insert … select` that copies the rows of a table, every instant moved and the ids made anew. */
async function copyStatement(db: NodePgDatabase, part: (typeof tables)[number]): Promise<string> {
  const { rows } = await db.execute<{ name: string; type: string }>(sql`select column_name as name, data_type as type
    from information_schema.columns
    where table_name = ${part.table} and table_schema = 'public' and is_generated = 'NEVER'`);
  const instants = rows.filter(({ type }) => type === "timestamp with time zone");
  const changed: Record<string, string> = {
    ...Object.fromEntries(instants.map(({ name }) => [name, `s.${name} + c.moved`])),
    ...(part.table === "environments" ? {} : { environment_id: copied("s.environment_id") }),
    ...part.own,
  };
  const fields = Object.entries(changed).map(([name, value]) => `'${name}', ${value}`);
  const names = rows.map(({ name }) => name);
  return `insert into ${part.table} (${names.join(", ")}) select ${names.map((name) => `r.${name}`).join(", ")}
    from ${part.table} s join copies c on c.source_id = ${part.of},
    lateral jsonb_populate_record(s, jsonb_build_object(${fields.join(", ")})) r`;
}

const votesStatement = `insert into approval_votes select r.* from approval_votes s
  join approval_requests q on q.id = s.request_id join copies c on c.source_id = q.environment_id,
  lateral jsonb_populate_record(s, jsonb_build_object('id', ${copied("s.id")}, 'request_id', ${copied("s.request_id")},
    'created_at', s.created_at + c.moved)) r`;
