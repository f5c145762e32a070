import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { GrainStep, KnownResource } from "#server/grain/driver.ts";
import { secretFolder } from "#server/grain/secret-folder.ts";
import { writeFile } from "#server/grain/work-folder.ts";
import type { Intention } from "./intentions.ts";
import { followMessages, readMessage, type TerraformMessage } from "./messages.ts";
import { lineSplitter, streamFile } from "./run-terraform.ts";

/** Addresses written to the journal before the apply under way began. It is lost together with what that apply said, or not. */
export const intentFile = (step: Pick<GrainStep, "workDir">) => path.join(secretFolder(step), "intended.json");

/** Journals what an apply will make before any of it is made, so that even a machine that is lost leaves the names. */
export async function intendAll(step: GrainStep, intentions: readonly Intention[]): Promise<Set<string>> {
  const addresses = intentions.map(({ address }) => address);
  // Empty at first: where it is missing, what was said is lost, and nothing is known of what was begun.
  writeFile(streamFile(step), "");
  writeFile(intentFile(step), JSON.stringify(addresses));
  for (const intention of intentions) await step.journal.intend(intention);
  return new Set(addresses);
}

/**
 * Journals what an apply said before its worker died, and strikes what it had not begun. Returns what is known then. On
 * another machine nothing was heard: all that was intended stays under suspicion.
 */
export async function replay(step: GrainStep, known: readonly KnownResource[]): Promise<KnownResource[]> {
  const said = readStream(step);
  const intended = said === null ? [] : readIntended(step);
  const now = new Map(known.map((row) => [row.address, row]));
  const begun = new Set<string>();
  const quiet = { ...step, log: () => {}, progress: () => {} };
  const { follow, written } = followMessages(quiet, 0);
  for (const message of said ?? []) {
    follow(message);
    retell(now, begun, message);
  }
  await written();
  for (const address of intended) {
    if (begun.has(address) || (now.get(address)?.state ?? "intended") !== "intended") continue;
    await step.journal.destroyed(address);
    now.delete(address);
  }
  for (const file of [streamFile(step), intentFile(step)]) fs.rmSync(file, { force: true });
  return [...now.values()];
}

function readIntended(step: GrainStep): string[] {
  const file = intentFile(step);
  if (!fs.existsSync(file)) return [];
  try {
    return z.array(z.string()).parse(JSON.parse(fs.readFileSync(file, "utf8")));
  } catch {
    // Cut off while it was written: nothing was in the journal then.
    return [];
  }
}

function readStream(step: GrainStep): TerraformMessage[] | null {
  const file = streamFile(step);
  if (!fs.existsSync(file)) return null;
  const messages: TerraformMessage[] = [];
  lineSplitter((line) => messages.push(readMessage(line)))(Buffer.concat([fs.readFileSync(file), Buffer.from("\n")]));
  return messages;
}

/** What the journal holds after it has heard a message. */
function retell(now: Map<string, KnownResource>, begun: Set<string>, { type, hook }: TerraformMessage): void {
  if (!hook || hook.action === "read" || !/^apply_(start|complete)$/.test(type)) return;
  const { addr: address, resource_type: resourceType, resource_name: name } = hook.resource;
  const before = now.get(address);
  const row = before ?? { address, type: resourceType, name, cloudId: null, region: null, attributes: {} };
  begun.add(address);
  if (hook.action === "delete") {
    if (type === "apply_complete") now.delete(address);
    else now.set(address, { ...row, state: "destroying" });
  } else if (type === "apply_complete") now.set(address, { ...row, state: "created", cloudId: hook.id_value ?? null });
  else if (!before) now.set(address, { ...row, state: "intended" });
}
