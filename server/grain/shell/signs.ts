import type { GrainStep } from "#server/grain/driver.ts";

const progressSign = /^::progress (\d{1,6})\/(\d{1,6})(?: (.{1,200}))?$/;
const resourceSign = /^::resource ([\w.-]{1,80}) ([\w.:-]{1,120})(?: (\S{1,300}))?$/;

/** Takes the lines by which a command speaks to the portal: its progress, and the resources it has made. */
export function readSign(step: GrainStep, line: string, pending: Promise<void>[]): boolean {
  const progress = progressSign.exec(line);
  if (progress) {
    step.progress({ done: Number(progress[1]), total: Number(progress[2]), label: progress[3] ?? "" });
    return true;
  }
  const resource = resourceSign.exec(line);
  if (!resource) return false;
  const [, type = "", name = "", id] = resource;
  const address = `${type}.${name}`;
  const recorded = step.journal
    .intend({ address, type, name })
    .then(() => step.journal.confirm(address, { cloudId: id ?? name }));
  // Awaited by the step's end; marked as handled meanwhile.
  recorded.catch(() => undefined);
  pending.push(recorded);
  return true;
}
