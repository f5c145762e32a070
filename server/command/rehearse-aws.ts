// `npm run rehearse:aws -- <portal url> [blueprint …]`: every AWS blueprint of the catalog, launched by a portal with demo
// accounts into an emulator of AWS, changed behind the portal's back, restored and ended. Prints what each step took, and
// ends with 1 unless the drift was seen, the restored environment was equal again, and nothing was left.
import { randomUUID } from "node:crypto";
import {
  type AwsEmulator,
  emulatorCredentials,
  missingForEmulator,
  startAwsEmulator,
} from "#server/grain/testing/aws-emulator.ts";
import { type Answer, askPortal, callPortal, signIn } from "./portal-client.ts";
import { listThings, meddle } from "./rehearse-aws-changes.ts";

const [url = "", ...wanted] = process.argv.slice(2);
const missing = missingForEmulator();
if (!url || missing) {
  console.error(missing ?? "Usage: npm run rehearse:aws -- <portal url> [blueprint …]");
  process.exit(2);
}

const space = "data-platform";
const connection = `emulator-${randomUUID().slice(0, 8)}`;
const everyMs = 500;
const longestMs = 20 * 60_000;
type Environment = Record<string, unknown> & {
  id: string;
  number: number;
  state: string;
  stateReason: string;
  driftState: string;
  driftCheckedAt: unknown;
};

const people = {
  maya: { url, cookie: await signIn(url, "maya@demo.gantry.example") },
  ari: { url, cookie: await signIn(url, "ari@demo.gantry.example") },
  alex: { url, cookie: await signIn(url, "alex@demo.gantry.example") },
};

function require({ status, data }: Answer): Record<string, unknown> {
  if (status !== 200) throw new Error(String(data.message ?? status));
  return data;
}

const tell = async (procedure: string, input: object, who = people.maya) =>
  require(await callPortal(who, procedure, input));
const ask = async (procedure: string, input: object) => require(await askPortal(people.maya, procedure, input));
const find = async (number: number) => (await ask("environment.find", { space, number })) as Environment;

async function until(number: number, isThere: (environment: Environment) => boolean): Promise<Environment> {
  for (const began = Date.now(); Date.now() - began < longestMs; ) {
    const environment = await find(number);
    if (isThere(environment)) return environment;
    if (["launch_failed", "leftovers", "denied"].includes(environment.state))
      throw new Error(`${environment.state}: ${environment.stateReason}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  throw new Error("It takes longer than twenty minutes.");
}

/** Who may approve does, where a policy asks for people. */
async function launch(blueprintName: string): Promise<Environment> {
  const answer = await tell("environment.launch", {
    space,
    blueprintName,
    name: `rehearsal ${blueprintName}`,
    inputs: {},
    durationMinutes: 120,
    idempotencyKey: randomUUID(),
  });
  if (typeof answer.approvalRequestId === "string") {
    const { planHash } = await ask("approval.find", { id: answer.approvalRequestId });
    await tell("approval.vote", { requestId: answer.approvalRequestId, vote: "approve", planHash }, people.ari);
  }
  const number = Number(String(answer.ref).slice("env-".length));
  return until(number, ({ state }) => state === "active");
}

async function checkDrift({ id, number, driftCheckedAt }: Environment): Promise<Environment> {
  await tell("environment.checkDrift", { environmentId: id });
  return until(number, (now) => now.driftCheckedAt !== driftCheckedAt);
}

async function listResources(environmentId: string) {
  const rows = (await ask("environment.resources", { environmentId })) as unknown as Resource[];
  return rows;
}
type Resource = { address: string; type: string; cloudId: string; drift: { field: string }[] | null };

type Times = Record<string, number>;

async function rehearse(emulator: AwsEmulator, blueprint: string): Promise<{ times: Times; notes: string[] }> {
  const times: Times = {};
  const notes: string[] = [];
  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    const result = await work();
    times[name] = Math.round((performance.now() - began) / 1000);
    return result;
  };
  const active = await timed("launch", () => launch(blueprint));
  const made = await listResources(active.id);
  const there = await listThings(emulator.endpoint);
  if (there.length === 0) throw new Error("It is active, and the emulator has nothing of it.");
  notes.push(`${made.length} resources, ${there.length} of them asked of the emulator`);
  const quiet = await timed("check", () => checkDrift(active));
  if (quiet.driftState !== "clean") notes.push(`differs from the start: ${await fieldsOf(active.id)}`);
  const changed = await meddle(emulator.endpoint, made);
  const drifted = await timed("drift", () => checkDrift(quiet));
  const seen = await fieldsOf(active.id);
  if (!seen.includes(changed)) throw new Error(`The change of ${changed} was not seen, but: ${seen || "nothing"}.`);
  notes.push(`saw ${changed}`);
  await timed("restore", async () => {
    await tell("environment.restoreDrift", { environmentId: drifted.id });
    await until(drifted.number, ({ state }) => state === "active");
  });
  const restored = await timed("check again", () => find(drifted.number).then(checkDrift));
  if ((await fieldsOf(active.id)).includes(changed)) throw new Error(`${changed} was not restored.`);
  if (restored.driftState !== "clean") notes.push(`differs after it: ${await fieldsOf(active.id)}`);
  await timed("end", async () => {
    await tell("environment.terminate", { environmentId: active.id });
    await until(active.number, ({ state }) => state === "ended");
  });
  return { times, notes };
}

async function fieldsOf(environmentId: string): Promise<string> {
  const rows = await listResources(environmentId);
  return rows.flatMap(({ address, drift }) => (drift ?? []).map(({ field }) => `${address} ${field}`)).join(", ");
}

async function listBlueprints(): Promise<string[]> {
  if (wanted.length > 0) return wanted;
  const { items } = (await ask("catalog.list", { space, cloud: ["aws"] })) as { items: { blueprintName: string }[] };
  return items.map(({ blueprintName }) => blueprintName);
}

async function main(): Promise<boolean> {
  const emulator = await startAwsEmulator();
  const fields = { kind: "aws", ...emulatorCredentials, endpoint: emulator.endpoint };
  await tell("connection.save", { space, name: connection, fields }, people.alex);
  await tell("connection.serveLaunches", { space, name: connection, serves: true }, people.alex);
  let isGood = true;
  for (const blueprint of await listBlueprints()) {
    const outcome = await rehearse(emulator, blueprint).catch((error: Error) => error);
    isGood &&= !(outcome instanceof Error);
    if (outcome instanceof Error) console.log(`${blueprint}: FAILED ${outcome.message}`);
    else {
      const seconds = Object.entries(outcome.times).map(([step, took]) => `${step} ${took} s`);
      console.log(`${blueprint}: ${seconds.join(", ")}; ${outcome.notes.join("; ")}`);
    }
    const left = await listThings(emulator.endpoint);
    if (left.length > 0) console.log(`  left in the emulator: ${left.join(", ")}`);
    isGood &&= left.length === 0;
  }
  if (isGood) await tell("connection.remove", { space, name: connection }, people.alex);
  await emulator.close();
  return isGood;
}

process.exit((await main()) ? 0 : 1);
