import { randomUUID } from "node:crypto";
import type { ActorRecord, Channel } from "#server/actor.ts";
import type { AuditEvent } from "#server/audit/audit-event.ts";
import type { PendingEvent } from "#server/audit/record-event.ts";
import { drawFrom, oneOf } from "./draw.ts";
import type { SeededPerson } from "./seed-people.ts";

export type SeededEnvironment = { id: string; number: number; name: string; ownerId: string; blueprintName: string };
export type Stock = {
  spaceIds: readonly string[];
  people: readonly SeededPerson[];
  environments: readonly SeededEnvironment[];
};

const regions = ["eu-central-1", "eu-west-1", "us-east-1", "ap-southeast-2"];
const reasons = [
  "The region is not one of those this space may use.",
  "The estimate is above what this space approves by itself.",
  "A port for administration would be open to everybody.",
  "The owner has as many active environments as one may have.",
  "Needed for the load test of the checkout.",
  "Done earlier than planned.",
];
const worker: ActorRecord = { kind: "system", id: "system:worker", name: "worker" };
const schedule: ActorRecord = { kind: "system", id: "system:schedule", name: "schedule" };

type Draw = () => number;
type Told = { event: AuditEvent; actor: ActorRecord; via: Channel };
type Scene = { draw: Draw; spaceId: string; environment: SeededEnvironment; person: SeededPerson };
type Kind = { weight: number; tell(scene: Scene): Told };

const asPerson = ({ person: { id, name }, draw }: Scene, event: AuditEvent): Told => ({
  event,
  actor: { kind: "person", id, name },
  via: draw() < 0.8 ? "ui" : draw() < 0.5 ? "api" : "mcp",
});
const asSystem = (event: AuditEvent, actor = worker): Told => ({
  event,
  actor,
  via: actor === worker ? "worker" : "schedule",
});
const on = ({ environment: { id, number, name } }: Scene) => ({
  type: "environment",
  id,
  name: `env-${number} ${name}`,
});
const about = ({ environment }: Scene) => ({ environmentId: environment.id, environment: `env-${environment.number}` });
const ofApproval = (scene: Scene) => ({ type: "approval", id: randomUUID(), name: on(scene).name });
const ofRun = (scene: Scene) => ({ type: "run", id: randomUUID(), name: on(scene).name });

/** What happens in a year, and how often of a hundred. */
const kinds: readonly Kind[] = [
  {
    weight: 13,
    tell: (scene) =>
      asPerson(scene, {
        action: "session.signed_in",
        spaceId: null,
        object: { type: "person", ...scene.person },
        data: { method: "oidc", sessionId: randomUUID() },
      }),
  },
  {
    weight: 1.5,
    tell: (scene) =>
      asPerson(scene, {
        action: "session.sign_in_failed",
        spaceId: null,
        outcome: "failed",
        object: { type: "person", ...scene.person },
        data: { method: "password", reason: "The password is not the one." },
      }),
  },
  {
    weight: 14,
    tell: (scene) => {
      const word = scene.draw() < 0.8 ? "Approved" : scene.draw() < 0.6 ? "Manual" : "Denied";
      return asPerson(scene, {
        action: "decision.made",
        spaceId: scene.spaceId,
        outcome: word === "Denied" ? "denied" : "success",
        object: on(scene),
        data: {
          word,
          decisionId: randomUUID(),
          sentence: word === "Approved" ? "Every policy approves." : oneOf(reasons, scene.draw),
          blueprint: scene.environment.blueprintName,
          region: oneOf(regions, scene.draw),
          ...about(scene),
        },
      });
    },
  },
  {
    weight: 8,
    tell: (scene) =>
      asPerson(scene, {
        action: "environment.requested",
        spaceId: scene.spaceId,
        object: on(scene),
        data: { blueprint: scene.environment.blueprintName, durationMinutes: 60 * Math.ceil(scene.draw() * 48) },
      }),
  },
  {
    weight: 26,
    tell: (scene) => {
      const [event, from, to] = oneOf(moves, scene.draw);
      return asSystem({
        action: "environment.moved",
        spaceId: scene.spaceId,
        outcome: event === "fail" ? "failed" : "success",
        object: on(scene),
        data: { event, from, to },
      });
    },
  },
  {
    weight: 12,
    tell: (scene) =>
      asSystem({
        action: "run.started",
        spaceId: scene.spaceId,
        object: ofRun(scene),
        data: { kind: "launch", attempt: 1, ...about(scene) },
      }),
  },
  {
    weight: 12,
    tell: (scene) =>
      asSystem({
        action: "run.finished",
        spaceId: scene.spaceId,
        object: ofRun(scene),
        data: { kind: "launch", state: scene.draw() < 0.96 ? "succeeded" : "failed", ...about(scene) },
      }),
  },
  {
    weight: 4,
    tell: (scene) =>
      asPerson(scene, {
        action: "approval.voted",
        spaceId: scene.spaceId,
        object: ofApproval(scene),
        data: { vote: scene.draw() < 0.9 ? "approve" : "reject", reason: oneOf(reasons, scene.draw), ...about(scene) },
      }),
  },
  {
    weight: 3,
    tell: (scene) =>
      asPerson(scene, {
        action: "environment.terminate_requested",
        spaceId: scene.spaceId,
        object: on(scene),
        data: { reason: oneOf(reasons, scene.draw) },
      }),
  },
  {
    weight: 3,
    tell: (scene) =>
      asPerson(scene, {
        action: "environment.extended",
        spaceId: scene.spaceId,
        object: on(scene),
        data: { before: null, after: null, minutes: 60 },
      }),
  },
  {
    weight: 2,
    tell: (scene) =>
      asSystem(
        {
          action: "environment.drift_found",
          spaceId: scene.spaceId,
          object: on(scene),
          data: { resources: [`aws_instance.web_${Math.floor(scene.draw() * 50)}`] },
        },
        schedule,
      ),
  },
  {
    weight: 1,
    tell: (scene) =>
      asPerson(scene, {
        action: "authorization.refused",
        spaceId: scene.spaceId,
        outcome: "denied",
        object: on(scene),
        data: { permission: "environment.terminate", times: 1 },
      }),
  },
  {
    weight: 0.02,
    tell: (scene) =>
      asPerson(scene, {
        action: "policy.data_changed",
        spaceId: scene.spaceId,
        object: { type: "policy", id: "allowed-regions", name: "allowed-regions" },
        data: { version: 2, changes: {}, reason: "The audit of the public bucket asked for it." },
      }),
  },
];

const moves = [
  ["start", "queued", "launching"],
  ["succeed", "launching", "active"],
  ["terminate", "active", "ending"],
  ["succeed", "ending", "ended"],
  ["fail", "launching", "launch_failed"],
] as const;

const totalWeight = kinds.reduce((sum, { weight }) => sum + weight, 0);

function kindAt(share: number): Kind {
  let left = share * totalWeight;
  for (const kind of kinds) {
    left -= kind.weight;
    if (left < 0) return kind;
  }
  return kinds[0]!;
}

/**
 * A year's events without end, as a busy installation has them: mostly launches and sign-ins, some refusals, a few changes
 * of policy. One environment in the stock, the first, has a hundredth of all events.
 */
export function* tellEvents({ spaceIds, people, environments }: Stock): Generator<PendingEvent> {
  const draw = drawFrom(5);
  for (;;) {
    const environment = draw() < 0.01 ? environments[0]! : oneOf(environments, draw);
    const spaceId = draw() < 0.9 ? spaceIds[0]! : oneOf(spaceIds, draw);
    const told = kindAt(draw()).tell({ draw, environment, spaceId, person: oneOf(people, draw) });
    const address = told.via === "worker" || told.via === "schedule" ? undefined : addressOf(draw);
    yield { ...told, address, requestId: randomUUID() };
  }
}

function addressOf(draw: Draw): string {
  return `10.${Math.floor(draw() * 4)}.${Math.floor(draw() * 200)}.${1 + Math.floor(draw() * 250)}`;
}
