import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { environments } from "#db/schema/environment.ts";
import { people } from "#db/schema/person.ts";
import { runs } from "#db/schema/run.ts";
import { systemActor } from "#server/actor.ts";
import { signIn } from "#server/command/portal-client.ts";
import { freePort } from "#server/command/prepare.mjs";
import { actingAs, inTransaction } from "#server/context.ts";
import { createDemoAccounts } from "#server/space/demo.ts";
import { writeRoles } from "#server/space/membership.ts";
import type { Vault } from "./secret-story.ts";
import { startWeb } from "./web-process.ts";

const email = "maya@demo.gantry.example";

/** Lets a demo account into the vault's space, as a member who is not the owner. */
async function admit({ stage, portal }: Vault): Promise<void> {
  const ctx = actingAs(stage.ctx(), systemActor("release"));
  await createDemoAccounts(ctx);
  const [person] = await ctx.db.select().from(people).where(eq(people.email, email));
  if (!person) throw new Error("There is no demo account.");
  await inTransaction(ctx, (tx) =>
    writeRoles(tx, { spaceId: portal.spaceId, person, roles: ["member", "auditor", "approver"], source: "test" }),
  );
}

/** Looks at every page that shows an environment, its downloads, the metrics, and the beginning of the live stream. */
export async function browse(vault: Vault, environmentId: string): Promise<void> {
  const { stage, portal, database, search } = vault;
  await admit(vault);
  const [environment] = await database.db.select().from(environments).where(eq(environments.id, environmentId));
  const ofIt = await database.db.select().from(runs).where(eq(runs.environmentId, environmentId));
  const web = await startWeb(stage, { program: "portal", port: await freePort() });
  try {
    const cookie = await signIn(web.url, email);
    const get = async (name: string, path: string) => {
      const answer = await fetch(`${web.url}${path}`, { headers: { cookie }, signal: AbortSignal.timeout(120_000) });
      const text = await answer.text();
      search(name, text, path);
      expect(answer.status, path).toBe(200);
    };
    const page = `/s/${portal.slug}/environments/env-${environment?.number}`;
    const tabs = ["overview", "log", "resources", "drift", "cost", "timeline"];
    for (const tab of tabs) await get("rendered pages", `${page}?tab=${tab}`);
    for (const { id } of ofIt) await get("downloads", `/api/log/${environmentId}?run=${id}`);
    for (const place of ["environments", "audit", "approvals", "reports", "policies", "catalog"])
      await get("rendered pages", `/s/${portal.slug}/${place}`);
    await get("downloads", `/api/export/environments?space=${portal.slug}&format=csv`);
    search("live stream", await beginningOfStream(web.url, cookie, portal.slug));
  } finally {
    await web.stop();
  }
}

/** What the live stream says first, until it has nothing more to say at once. */
async function beginningOfStream(url: string, cookie: string, space: string): Promise<string> {
  const input = encodeURIComponent(JSON.stringify({ json: { space } }));
  const aborter = new AbortController();
  const answer = await fetch(`${url}/api/trpc/live.onChange?input=${input}`, {
    headers: { cookie },
    signal: aborter.signal,
  });
  const reader = answer.body?.getReader();
  const first = await reader?.read();
  aborter.abort();
  return Buffer.from(first?.value ?? new Uint8Array()).toString("latin1");
}
