// `npm run rehearse:policies -- <portal url> <folder of hostile policies>`: tries every policy of the folder through a
// running portal with demo accounts, while /api/health is asked all the time. Prints what each came to, the slowest health
// check and the most memory the web process held; ends with 1 unless all are refused or contained as their index says.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { callPortal, signIn } from "./portal-client.ts";

const [url, folder] = process.argv.slice(2);
if (!url || !folder) {
  console.error("Usage: npm run rehearse:policies -- <portal url> <folder with index.jsonl and inputs/>");
  process.exit(2);
}
const author = "priya@demo.gantry.example";
const slowestAllowedMs = 250;
const mostMemoryMb = 512;

type Hostile = { file: string; expect: string; input: string; want?: string };
type Watched = { slowestMs: number; mostMb: number; asked: number };

function memoryMb(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0; // Not on this host, or not on Linux.
  }
}

/** Asks for health without a pause until told to stop. */
async function watchHealth(until: { isOver: boolean }): Promise<Watched> {
  const seen: Watched = { slowestMs: 0, mostMb: 0, asked: 0 };
  while (!until.isOver) {
    const began = performance.now();
    const answer = (await (await fetch(`${url}/api/health`)).json()) as { pid: number };
    seen.slowestMs = Math.max(seen.slowestMs, performance.now() - began);
    seen.mostMb = Math.max(seen.mostMb, memoryMb(answer.pid));
    seen.asked++;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return seen;
}

function faultOf(
  { expect, want }: Hostile,
  { status, data }: Awaited<ReturnType<typeof callPortal>>,
): string | undefined {
  const word = (data.verdict as { word?: string } | undefined)?.word;
  if (status === 200 && expect !== "reject")
    return word === (want ?? word) && word !== "Approved" ? undefined : `says ${word}`;
  const problem = (data.data as { problem?: { place?: object; remedy?: string } } | undefined)?.problem;
  if (expect === "contain" || status < 400 || status >= 500) return `status ${status}, ${word ?? "no verdict"}`;
  return problem?.place && problem.remedy ? undefined : "no place or no remedy";
}

async function spaceId(session: { url: string; cookie: string }): Promise<string> {
  const answer = await fetch(`${session.url}/api/trpc/me.find`, { headers: { cookie: session.cookie } });
  const { result } = (await answer.json()) as {
    result?: { data: { json: { spaces: { id: string; permissions: string[] }[] } } };
  };
  const space = result?.data.json.spaces.find(({ permissions }) => permissions.includes("policy.edit"));
  if (!space) throw new Error(`${author} may try drafts nowhere.`);
  return space.id;
}

const session = { url, cookie: await signIn(url, author) };
const space = await spaceId(session);
const hostile = readFileSync(join(folder, "index.jsonl"), "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Hostile);
const sourceOf = (file: string) => readFileSync(join(folder, file), "utf8");
const inputs = new Map(hostile.map(({ input }) => [input, JSON.parse(sourceOf(`inputs/${input}.json`)) as unknown]));
const read = hostile.map((one) => ({ ...one, source: sourceOf(one.file) }));
await callPortal(session, "policy.tryDraft", { spaceId: space, source: "package torque.environment" }); // Starts a thread.

const until = { isOver: false };
const watching = watchHealth(until);
let right = 0;
for (const one of read) {
  const began = performance.now();
  const answer = await callPortal(session, "policy.tryDraft", {
    spaceId: space,
    source: one.source,
    input: inputs.get(one.input),
  });
  const fault = faultOf(one, answer);
  if (fault === undefined) right++;
  console.log(
    `${fault === undefined ? "right" : `WRONG (${fault})`}  ${one.file}  ${answer.status}  ${Math.round(performance.now() - began)} ms`,
  );
}
until.isOver = true;
const { slowestMs, mostMb, asked } = await watching;
console.log(
  `${right} of ${read.length}; ${asked} health checks, the slowest ${Math.round(slowestMs)} ms; at most ${Math.round(mostMb)} MB`,
);
process.exit(right === read.length && slowestMs <= slowestAllowedMs && mostMb < mostMemoryMb ? 0 : 1);
