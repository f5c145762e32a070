import os from "node:os";
import { everyList, type Measured } from "./lists.ts";
import { read, signIn } from "./session.ts";

const warmUp = 5;
const requests = 40;
const limitMs = 300;

const [url, only] = process.argv.slice(2);
if (!url) throw new Error("Usage: measure.ts <portal url> [<part of a name>]");

type Times = { p50: number; p95: number; max: number };

/** One reader asks one thing again and again; each answer is read to its last byte. */
async function time({ session, path }: Measured): Promise<Times> {
  for (let n = 0; n < warmUp; n++) await read(session, path);
  const times: number[] = [];
  for (let n = 0; n < requests; n++) {
    const began = performance.now();
    await read(session, path);
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.ceil(times.length * share) - 1] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

const shown = (ms: number) => ms.toFixed(0).padStart(7);
const load = () =>
  os
    .loadavg()
    .map((each) => each.toFixed(2))
    .join(" ");

const sessions = {
  maya: await signIn(url, "maya"),
  ari: await signIn(url, "ari"),
  alex: await signIn(url, "alex"),
};
const lists = (await everyList(sessions)).filter(({ name }) => !only || name.includes(only));
const width = Math.max(...lists.map(({ name }) => name.length));
console.log(`${os.cpus().length} processors, load before ${load()}; ${requests} requests each, milliseconds`);
console.log(`${"".padEnd(width)}     p50     p95     max`);
const slow: string[] = [];
for (const list of lists) {
  const { p50, p95, max } = await time(list);
  const isSlow = p95 >= limitMs;
  if (isSlow) slow.push(list.name);
  console.log(`${list.name.padEnd(width)} ${shown(p50)} ${shown(p95)} ${shown(max)}${isSlow ? "  SLOW" : ""}`);
}
console.log(`load after ${load()}`);
console.log(
  slow.length === 0
    ? `All ${lists.length} lists answer in less than ${limitMs} ms (95th percentile).`
    : `${slow.length} of ${lists.length} lists take ${limitMs} ms or more: ${slow.join("; ")}.`,
);
process.exit(slow.length === 0 ? 0 : 1);
