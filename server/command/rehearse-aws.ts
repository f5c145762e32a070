// `npm run rehearse:aws -- <portal url> [--at-once 3] [blueprint …]`: every AWS blueprint of the catalog, launched by a portal
// with demo accounts into an emulator of AWS, each in an account of its own, changed behind the portal's back, restored and
// ended. Prints what each step took, and ends with 1 unless of each the drift was seen, the restored environment was equal
// again but for the gaps of the emulator that `rehearse-aws-gaps.ts` names, and nothing was left.
import { randomUUID } from "node:crypto";
import { emulatorCredentials, missingForEmulator, startAwsEmulator } from "#server/grain/testing/aws-emulator.ts";
import { type Answer, askPortal, callPortal, signIn } from "./portal-client.ts";
import { meddle } from "./rehearse-aws-changes.ts";
import { explainDifference, explainRestoreError } from "./rehearse-aws-gaps.ts";
import { watchAccount } from "./rehearse-aws-things.ts";

const words = process.argv.slice(2);
const option = words.indexOf("--at-once");
const atOnce = option < 0 ? 1 : Number(words.splice(option, 2)[1]);
const [url = "", ...wanted] = words;
const missing = missingForEmulator();
if (!url || missing || !(atOnce >= 1)) {
  console.error(missing ?? "Usage: npm run rehearse:aws -- <portal url> [--at-once 3] [blueprint …]");
  process.exit(2);
}

const space = "data-platform";
const everyMs = 500;
const longestMs = 20 * 60_000;
type Environment = Record<string, unknown> & { id: string; number: number; state: string; stateReason: string };
type Run = { id: string; kind: string; state: string; error: string | null; steps: { error: string | null }[] };
type Resource = { address: string; type: string; cloudId: string; state: string; drift: { field: string }[] | null };

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

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (const began = Date.now(); Date.now() - began < longestMs; ) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  throw new Error("It takes longer than twenty minutes.");
}

const untilState = (number: number, state: string) =>
  until(async () => {
    const environment = (await ask("environment.find", { space, number })) as Environment;
    if (environment.state === state) return environment;
    if (["launch_failed", "leftovers", "denied"].includes(environment.state))
      throw new Error(`${environment.state}: ${environment.stateReason}`);
    return undefined;
  });

/** Who may approve does, where a policy asks for people. */
async function launch(blueprintName: string): Promise<number> {
  const name = `rehearsal ${blueprintName}`;
  const asked = { space, blueprintName, name, inputs: {}, durationMinutes: 120, idempotencyKey: randomUUID() };
  const answer = await tell("environment.launch", asked);
  if (typeof answer.approvalRequestId === "string") {
    const { planHash } = await ask("approval.find", { id: answer.approvalRequestId });
    await tell("approval.vote", { requestId: answer.approvalRequestId, vote: "approve", planHash }, people.ari);
  }
  return Number(String(answer.ref).slice("env-".length));
}

/** Has the portal do something that makes a run of this kind, and waits for that run's end. */
async function performed(environmentId: string, kind: string, procedure: string): Promise<Run> {
  const runs = async () =>
    ((await ask("environment.runs", { environmentId })) as unknown as Run[]).filter((run) => run.kind === kind);
  const before = (await runs()).length;
  await tell(procedure, { environmentId });
  return until(async () => {
    const [newest, ...older] = await runs();
    const isOver = newest && older.length >= before && !["queued", "running"].includes(newest.state);
    return isOver ? newest : undefined;
  });
}

const listResources = async (environmentId: string) =>
  (await ask("environment.resources", { environmentId })) as unknown as Resource[];

/** Looks for drift: each difference as `address field`. */
async function look(environmentId: string): Promise<string[]> {
  const { state, error } = await performed(environmentId, "drift", "environment.checkDrift");
  if (state !== "succeeded") throw new Error(`The look for drift: ${error ?? state}`);
  const rows = await listResources(environmentId);
  return rows.flatMap(({ address, drift }) => (drift ?? []).map(({ field }) => `${address} ${field}`));
}

type Account = { endpoint: string; listThings(): Promise<string[]>; connection: string };
type Report = { times: Record<string, number>; notes: Set<string> };

async function timed<T>(report: Report, step: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await work();
  report.times[step] = Math.round((performance.now() - began) / 1000);
  return result;
}

/** Nothing but the emulator's known gaps. */
function requireExplained(differences: readonly string[], when: string, { notes }: Report): void {
  for (const difference of differences) {
    const gap = explainDifference(difference);
    if (!gap) throw new Error(`${when}, ${difference} differs.`);
    notes.add(`${difference}: ${gap}`);
  }
}

async function restore(environmentId: string, { notes }: Report): Promise<void> {
  const { state, error, steps } = await performed(environmentId, "restore", "environment.restoreDrift");
  if (state === "succeeded") return;
  const said = [error, ...steps.map((step) => step.error)].filter(Boolean).join(" ");
  const gap = explainRestoreError(said);
  if (!gap) throw new Error(`The restore: ${said || state}`);
  notes.add(`the restore: ${gap}`);
}

async function rehearse(account: Account, blueprint: string, report: Report): Promise<void> {
  const began = performance.now();
  const number = await inTurn(async () => {
    const serving = { space, name: account.connection, serves: true };
    await tell("connection.serveLaunches", serving, people.alex);
    return launch(blueprint);
  });
  const { id, outputs } = await untilState(number, "active");
  report.times.launch = Math.round((performance.now() - began) / 1000);
  const made = await listResources(id);
  const things = await account.listThings();
  if (things.length === 0) throw new Error("It is active, and the emulator has nothing of it.");
  if (Object.keys((outputs as object | null) ?? {}).length === 0) throw new Error("It is active without outputs.");
  report.notes.add(`${made.length} resources, ${things.length} things in the emulator`);

  requireExplained(await timed(report, "check", () => look(id)), "After the launch", report);
  const changed = await meddle(account.endpoint, made);
  const seen = await timed(report, "drift", () => look(id));
  if (!seen.includes(changed))
    throw new Error(`The change of ${changed} was not seen, but: ${seen.join(", ") || "nothing"}.`);
  report.notes.add(`saw ${changed}`);
  await timed(report, "restore", () => restore(id, report));
  requireExplained(await timed(report, "check again", () => look(id)), "After the restore", report);
  await timed(report, "end", async () => {
    await tell("environment.terminate", { environmentId: id });
    await untilState(number, "ended");
  });
  const left = await account.listThings();
  if (left.length > 0) throw new Error(`Left in the emulator: ${left.join(", ")}`);
  report.notes.add("the emulator is empty");
}

let turn: Promise<unknown> = Promise.resolve();
/** A launch runs with the connection that serves at that moment. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = turn.then(work);
  turn = mine.catch(() => undefined);
  return mine;
}

/** Rehearses a blueprint in an empty account, and says how it went. */
async function rehearseApart(blueprint: string): Promise<boolean> {
  const emulator = await startAwsEmulator();
  const connection = `emulator-${randomUUID().slice(0, 8)}`;
  const report: Report = { times: {}, notes: new Set() };
  try {
    const fields = { kind: "aws", ...emulatorCredentials, endpoint: emulator.endpoint };
    await tell("connection.save", { space, name: connection, fields }, people.alex);
    const { endpoint } = emulator;
    await rehearse({ endpoint, connection, listThings: await watchAccount(endpoint) }, blueprint, report);
    await tell("connection.remove", { space, name: connection }, people.alex);
    const seconds = Object.entries(report.times).map(([step, took]) => `${step} ${took} s`);
    console.log(`${blueprint}: ${seconds.join(", ")}`);
    return true;
  } catch (error) {
    console.log(`${blueprint}: FAILED ${error instanceof Error ? error.message : error}`);
    return false;
  } finally {
    for (const note of report.notes) console.log(`  ${note}`);
    await emulator.close();
  }
}

async function listBlueprints(): Promise<string[]> {
  if (wanted.length > 0) return wanted;
  const { items } = (await ask("catalog.list", { space, cloud: ["aws"] })) as { items: { blueprintName: string }[] };
  return items.map(({ blueprintName }) => blueprintName);
}

const began = performance.now();
const blueprints = await listBlueprints();
const waiting = [...blueprints];
const outcomes: boolean[] = [];
const hand = async () => {
  for (let next = waiting.shift(); next; next = waiting.shift()) outcomes.push(await rehearseApart(next));
};
await Promise.all(Array.from({ length: atOnce }, hand));
const passed = outcomes.filter(Boolean).length;
const minutes = ((performance.now() - began) / 60_000).toFixed(1);
console.log(
  `${passed} of ${blueprints.length} blueprints went from launch to end and left nothing, in ${minutes} minutes.`,
);
process.exit(passed === blueprints.length ? 0 : 1);
