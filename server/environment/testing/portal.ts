import { randomUUID } from "node:crypto";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { type Actor, type Role, systemActor } from "#server/actor.ts";
import { loadActor } from "#server/auth/load-actor.ts";
import { parseOrThrow } from "#server/blueprint/revision/check-folder.ts";
import { publishRelease } from "#server/blueprint/revision/load-bundled.ts";
import { insertRevision } from "#server/blueprint/revision/save-revision.ts";
import { type Clock, type Context, createContext, inTransaction } from "#server/context.ts";
import type { LaunchInput } from "#server/environment/launch-environment.ts";
import { writeRoles } from "#server/space/membership.ts";
import { insertPerson } from "#server/space/person.ts";
import { insertSpace } from "#server/space/space.ts";

const blueprintSource = `spec_version: 2
description: A trial service on this host.
metadata:
  gantry:
    title: Trial service
    agent: simulator
    duration: { default: 2h }
    costs:
      - { name: Flat rate, amount: "0.05", currency: USD, per: hour }
    inputs:
      region: { kind: region }
inputs:
  region:
    type: string
    default: eu-central-1
  size:
    type: string
    default: small
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

/** A clock that tests move by hand. */
export class HandClock implements Clock {
  at: number;
  constructor(start: string) {
    this.at = Date.parse(start);
  }
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

/** One space with people of given roles and one published blueprint, all through real verbs. */
export type Portal = {
  spaceId: string;
  slug: string;
  clock: HandClock;
  system: Context;
  /** The context of a request by somebody, with the roles held at this moment. */
  as(name: string): Promise<Context>;
  idOf(name: string): string;
  launchOf(more?: Partial<LaunchInput>): LaunchInput;
};

/** `folder` is the published blueprint's own; without it a service on the simulator. */
export async function openPortal(
  db: NodePgDatabase,
  members: Record<string, readonly Role[]>,
  folder: Record<string, string> = { "blueprint.yaml": blueprintSource },
): Promise<Portal> {
  const clock = new HandClock("2026-03-02T09:00:00Z");
  const system = createContext({ db, clock, actor: systemActor("command"), via: "command" });
  const ids = new Map<string, string>();
  const slug = `s-${randomUUID().slice(0, 8)}`;
  const spaceId = await inTransaction(system, async (tx) => {
    const space = await insertSpace(tx, {
      slug,
      name: "Trials",
      timeZone: "Europe/Berlin",
    });
    for (const [name, roles] of Object.entries(members)) {
      const person = await insertPerson(tx, { email: `${name}-${randomUUID().slice(0, 8)}@trial.example`, name });
      await writeRoles(tx, { spaceId: space.id, person, roles, source: "test" });
      ids.set(name, person.id);
    }
    const files = { "README.md": "# Trial service\n", ...folder };
    const name = `trial-${randomUUID().slice(0, 8)}`;
    ids.set("blueprint", name);
    const { blueprint } = parseOrThrow(name, files);
    await insertRevision(tx, { spaceId: null, blueprint, files, state: "reviewed" });
    await publishRelease(tx, { spaceId: space.id });
    return space.id;
  });
  const idOf = (name: string) => ids.get(name) ?? "";
  return {
    spaceId,
    slug,
    clock,
    system,
    idOf,
    async as(name) {
      const actor: Actor | null = await loadActor(db, idOf(name));
      if (!actor) throw new Error(`Nobody is called ${name}.`);
      return createContext({ db, clock, actor, via: "ui" });
    },
    launchOf: (more = {}) => ({
      spaceId,
      blueprintName: idOf("blueprint"),
      name: "trial",
      durationMinutes: 120,
      evidence: {},
      prompt: "",
      idempotencyKey: randomUUID(),
      ...more,
      inputs: { token: "placeholder", ...more.inputs },
    }),
  };
}
