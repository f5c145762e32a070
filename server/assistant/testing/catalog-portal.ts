import { randomUUID } from "node:crypto";
import path from "node:path";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { type Role, systemActor } from "#server/actor.ts";
import { loadActor } from "#server/auth/load-actor.ts";
import { parseOrThrow } from "#server/blueprint/revision/check-folder.ts";
import { publishRelease } from "#server/blueprint/revision/load-bundled.ts";
import { publishRevision } from "#server/blueprint/revision/publish-revision.ts";
import { listFolders, readFolder } from "#server/blueprint/revision/read-folder.ts";
import { insertRevision } from "#server/blueprint/revision/save-revision.ts";
import { type Clock, type Context, createContext, inTransaction } from "#server/context.ts";
import { writeRoles } from "#server/space/membership.ts";
import { insertPerson } from "#server/space/person.ts";
import { insertSpace } from "#server/space/space.ts";

/** A clock that tests move by hand. */
class HandClock implements Clock {
  at = Date.parse("2026-03-02T09:00:00Z");
  now(): Date {
    return new Date(this.at);
  }
  async sleep(ms: number): Promise<void> {
    this.at += ms;
  }
  pass(minutes: number): void {
    this.at += minutes * 60_000;
  }
}

/** A blueprint that asks for a secret. */
const vaultDemo = `spec_version: 2
description: Shows how a token is given to a service.
metadata:
  gantry:
    title: Vault demo
    agent: simulator
    synonyms: [vault demo]
    duration: { default: 2h }
    costs:
      - { name: Flat rate, amount: "0.05", currency: USD, per: hour }
inputs:
  token:
    type: string
    sensitive: true
grains:
  app:
    kind: shell
    spec:
      activities:
        deploy:
          commands:
            - "true"
`;

export type CatalogPortal = {
  spaceId: string;
  otherSpaceId: string;
  clock: HandClock;
  system: Context;
  /** A request by somebody, with the roles held at this moment. */
  as(name: string): Promise<Context>;
  idOf(name: string): string;
  /** Publishes one more blueprint in one space. */
  offer(spaceId: string, name: string, source: string): Promise<void>;
};

const members: Record<string, readonly Role[]> = { maya: ["member"], ari: ["member", "approver"], sam: ["admin"] };

/** Two spaces with people in the first, the bundled blueprints in both, all through real verbs. */
export async function openCatalogPortal(db: NodePgDatabase): Promise<CatalogPortal> {
  const clock = new HandClock();
  const system = createContext({ db, clock, actor: systemActor("command"), via: "command" });
  const ids = new Map<string, string>();
  const [spaceId = "", otherSpaceId = ""] = await inTransaction(system, async (tx) => {
    const home = await insertSpace(tx, { slug: "home", name: "Home", timeZone: "Europe/Berlin" });
    const other = await insertSpace(tx, { slug: "other", name: "Other", timeZone: "UTC" });
    for (const [name, roles] of Object.entries(members)) {
      const person = await insertPerson(tx, { email: `${name}@trial.example`, name, timeZone: "Europe/Berlin" });
      await writeRoles(tx, { spaceId: home.id, person, roles, source: "test" });
      ids.set(name, person.id);
    }
    const folders = listFolders("blueprints").map((name) => [name, readFolder(path.join("blueprints", name))] as const);
    for (const [name, files] of folders) await insert(tx, name, files);
    await insert(tx, "vault-demo", { "blueprint.yaml": vaultDemo, "README.md": "# Vault demo\n" });
    for (const space of [home, other]) await publishRelease(tx, { spaceId: space.id });
    return [home.id, other.id];
  });
  return {
    spaceId,
    otherSpaceId,
    clock,
    system,
    idOf: (name) => ids.get(name) ?? randomUUID(),
    async as(name) {
      const actor = await loadActor(db, ids.get(name) ?? "");
      if (!actor) throw new Error(`Nobody is called ${name}.`);
      return createContext({ db, clock, actor, via: "ui" });
    },
    offer: (space, name, source) =>
      inTransaction(system, async (tx) => {
        const files = { "blueprint.yaml": source, "README.md": `# ${name}\n` };
        const { blueprint } = parseOrThrow(name, files);
        const { id: revisionId } = await insertRevision(tx, { spaceId: space, blueprint, files, state: "reviewed" });
        await publishRevision(tx, { spaceId: space, revisionId });
      }),
  };
}

async function insert(tx: Context, name: string, files: Record<string, string>): Promise<void> {
  const { blueprint } = parseOrThrow(name, files);
  await insertRevision(tx, { spaceId: null, blueprint, files, state: "reviewed" });
}
