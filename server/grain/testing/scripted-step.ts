import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import type { Grain, GrainSpec } from "#server/blueprint/blueprint.ts";
import { systemClock } from "#server/context.ts";
import type { GrainStep } from "#server/grain/driver.ts";
import { removeFolders } from "#server/grain/work-folder.ts";

export const emptySpec: GrainSpec = {
  source: null,
  agent: null,
  inputs: {},
  outputs: [],
  sensitiveOutputs: [],
  envVars: {},
  authentication: [],
  tags: { autoTag: true, disableFor: [] },
  activities: { deploy: [], destroy: [], check: [] },
  files: [],
  workspaceDirectories: [],
  scripts: {},
  targetNamespace: null,
  valuesFiles: [],
  tfvarsFiles: [],
  commandArguments: "",
  helmCommands: [],
  autoApprove: true,
  autoRetry: true,
  mode: "managed",
  version: null,
  region: null,
  extra: {},
};

export function grainOf(kind: Grain["kind"], spec: Partial<GrainSpec>, name = "web"): Grain {
  return {
    name,
    kind,
    dependsOn: [],
    approvals: [],
    environmentLabels: { onSuccess: [], onFailure: [] },
    spec: { ...emptySpec, ...spec },
    place: {},
  };
}

export const command = (text: string, name: string | null = null, outputs: string[] = []) => ({
  name,
  command: text,
  outputs,
});

export type ScriptedStep = GrainStep & { lines: string[]; journalled: string[]; progressed: string[] };

/** A step that runs in a temporary folder and writes down what the driver tells it. */
export function scriptedStep(grain: Grain, more: Partial<GrainStep> = {}): ScriptedStep {
  const base = fs.mkdtempSync(path.join(os.tmpdir(), "gantry-step-"));
  onTestFinished(() => removeFolders({ workDir: base }));
  const lines: string[] = [];
  const journalled: string[] = [];
  const progressed: string[] = [];
  const note = (what: string) => async (resource: string | { address: string }) => {
    journalled.push(`${what} ${typeof resource === "string" ? resource : resource.address}`);
  };
  return {
    environment: {
      id: "00000000-0000-4000-8000-000000000001",
      ref: "env-1",
      name: "trial",
      spaceSlug: "payments",
      ownerEmail: "maya@example.com",
      endsAt: null,
    },
    grain,
    inputs: grain.spec.inputs,
    environmentInputs: {},
    sensitiveValues: [],
    hide: () => {},
    files: {},
    workDir: base,
    stateDir: path.join(base, "state"),
    attempt: 1,
    holder: "claim-1",
    log: (level, text) => void lines.push(`${level}: ${text}`),
    progress: ({ done, total, label }) => void progressed.push(`${done}/${total} ${label}`.trim()),
    journal: {
      intend: note("intend"),
      confirm: note("confirm"),
      destroying: note("destroying"),
      destroyed: note("destroyed"),
      leftover: note("leftover"),
    },
    clock: systemClock,
    signal: new AbortController().signal,
    tags: {},
    lines,
    journalled,
    progressed,
    ...more,
  };
}
