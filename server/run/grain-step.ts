import fs from "node:fs";
import path from "node:path";
import { and, eq } from "drizzle-orm";
import { runSteps } from "#db/schema/run.ts";
import type { Grain } from "#server/blueprint/blueprint.ts";
import { renderGrain } from "#server/blueprint/render.ts";
import type { TemplateRoots } from "#server/blueprint/template/roots.ts";
import { config } from "#server/config.ts";
import { environmentRef } from "#server/environment-ref.ts";
import type { GrainStep } from "#server/grain/driver.ts";
import { environmentTags, grainTag } from "#server/grain/environment-tags.ts";
import { stateFolder } from "#server/grain/work-folder.ts";
import { notifyChange } from "#server/job/notify-change.ts";
import { readGrainOutputs } from "./grain-outputs.ts";
import { openJournal } from "./resource-journal.ts";
import type { RunWork, StepRow } from "./run-work.ts";
import { stateBackendFor } from "./state-server.ts";

/** What opening a grain takes; a look without a run has no run. */
type GrainWork = Omit<RunWork, "run"> & Partial<Pick<RunWork, "run">>;

const progressEveryMs = 500;

/** What templates can read at this moment of the run. */
export async function templateRoots(work: GrainWork): Promise<TemplateRoots> {
  const { environment, space, inputs, ownerEmail } = work.subject;
  const { results, secrets } = await readGrainOutputs(work.ctx, environment);
  work.log.hide(secrets);
  return {
    inputs,
    grains: results,
    envId: environment.id,
    blueprintName: environment.blueprintName,
    ownerEmail,
    environmentName: environment.name,
    accountName: "gantry",
    spaceName: space.slug,
  };
}

/** The folder of one grain. Names of grains may hold anything, so they are encoded. */
export function grainFolder(environmentId: string, grain: string): string {
  return path.join(workRoot(), environmentId, encodeURIComponent(grain).replaceAll(".", "%2E"));
}

export const workRoot = () => path.join(config().dataDir, "work");

/** The folders of all grains that were worked on here. */
export function listGrainFolders(): string[] {
  const root = workRoot();
  const environments = fs.existsSync(root) ? fs.readdirSync(root).filter((name) => /^[0-9a-f-]{36}$/.test(name)) : [];
  return environments.flatMap((name) =>
    fs.readdirSync(path.join(root, name)).map((grain) => path.join(root, name, grain)),
  );
}

/** Tags on everything that the environment makes. */
export function tagsOf({ subject }: Pick<RunWork, "subject">): Record<string, string> {
  const { environment, space, ownerEmail } = subject;
  const { id, endsAt } = environment;
  return environmentTags({ space, ownerEmail }, { id, ref: environmentRef(environment), endsAt });
}

const isTerraform = ({ kind }: Pick<Grain, "kind">) => kind === "terraform" || kind === "opentofu";

/**
 * The credentials one grain gets: those it names, and, where it speaks to a cloud by Terraform, the connection the
 * environment runs with. The simulator needs none and gets none.
 */
function credentialNames({ subject }: Pick<RunWork, "subject">, grain: Grain): string[] {
  const { agent, connection } = subject.environment;
  if (agent === "simulator") return [];
  const own = connection !== null && isTerraform(grain) ? [connection] : [];
  return [...new Set([...own, ...grain.spec.authentication])];
}

/** Renders a grain and gathers all its driver may know. */
export async function openGrainStep(
  work: GrainWork,
  grain: Grain,
  at: { step: StepRow | null; roots: TemplateRoots; attempt: number },
): Promise<GrainStep> {
  const { ctx, subject, request, log } = work;
  const { environment } = subject;
  const rendered = renderGrain(grain, at.roots);
  const names = credentialNames(work, rendered);
  const credentials = names.length && request.credentialsFor ? await request.credentialsFor(ctx, names) : undefined;
  if (credentials) log.hide(credentials.secrets);
  const { secrets } = await readGrainOutputs(ctx, environment);
  const workDir = grainFolder(environment.id, grain.name);
  const stepId = at.step?.id ?? null;
  const keepsState = environment.agent === "local" && isTerraform(grain);
  const stateBackend = keepsState
    ? await stateBackendFor(ctx, { environmentId: environment.id, grain: grain.name }, request.lease)
    : undefined;
  return {
    environment: {
      id: environment.id,
      ref: environmentRef(environment),
      name: environment.name,
      spaceSlug: subject.space.slug,
      ownerEmail: subject.ownerEmail,
      endsAt: environment.endsAt,
    },
    grain: rendered,
    inputs: rendered.spec.inputs,
    environmentInputs: subject.inputs,
    sensitiveValues: [...subject.sensitiveInputs, ...secrets, ...(credentials?.secrets ?? [])],
    hide: (values) => log.hide(values),
    files: subject.files,
    workDir,
    stateDir: stateFolder({ workDir }),
    attempt: at.attempt,
    holder: request.lease.token,
    log: (level, text) => log.write(stepId, level, text),
    progress: progressWriter(work, stepId),
    journal: openJournal(work, grain.name),
    clock: ctx.clock,
    signal: work.signal,
    tags: { ...tagsOf(work), ...grainTag(grain.name) },
    ...(credentials && { credentials: credentials.variables }),
    ...(stateBackend && { stateBackend }),
  };
}

/** Shows progress at most twice a second; the last word always arrives. */
function progressWriter(work: GrainWork, stepId: string | null): GrainStep["progress"] {
  const { ctx, subject } = work;
  let next: Parameters<GrainStep["progress"]>[0] | undefined;
  let busy = false;
  const write = async () => {
    busy = true;
    while (next && stepId) {
      const progress = { ...next, label: work.log.redact(next.label).slice(0, 200) };
      next = undefined;
      await ctx.db
        .update(runSteps)
        .set({ progress })
        .where(and(eq(runSteps.id, stepId), eq(runSteps.state, "running")));
      await notifyChange(ctx, { topic: "environment", id: subject.environment.id, spaceId: subject.space.id });
      if (next) await new Promise((resolve) => setTimeout(resolve, progressEveryMs));
    }
    busy = false;
  };
  return (progress) => {
    next = progress;
    // A lost progress note is no reason to fail a step.
    if (!busy && stepId)
      write().catch(() => {
        busy = false;
      });
  };
}
