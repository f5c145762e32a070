import { type CrashPoint, crashPoints } from "#server/crashpoint.ts";

/** Where kills are rehearsed: stories of the worker, told in worker-stories.ts, and those of the web process. */
export const workerStories = [
  "web-preview",
  "postgres-database",
  "aws-workstation",
  "terraform-sandbox",
  "a failing step",
  "a job that fails",
  "a stopping worker",
  "an end time",
  "a checkpoint",
] as const;
export type WorkerStory = (typeof workerStories)[number];
type Story = WorkerStory | "web";

const watched = ["web-preview"] as const;
const host = ["web-preview", "postgres-database"] as const;
const made = ["web-preview", "postgres-database", "aws-workstation"] as const;
const simulated = ["aws-workstation"] as const;
const terraform = ["terraform-sandbox"] as const;
const web = ["web"] as const;

/** Total, so that a new crash point does not compile until a story passes it; the rehearsal fails when one does not. */
export const rehearsedIn = {
  "audit.before-append": [...watched, ...web],
  "audit.after-append": [...watched, ...web],
  "audit.before-checkpoint": ["a checkpoint"],
  "audit.after-checkpoint": ["a checkpoint"],
  "job.before-claim": watched,
  "job.after-claim": watched,
  "job.before-finish": watched,
  "job.after-finish": watched,
  "job.before-fail": ["a job that fails"],
  "job.after-fail": ["a job that fails"],
  "job.before-release": ["a stopping worker"],
  "job.after-release": ["a stopping worker"],
  "schedule.before-slot": watched,
  "schedule.after-slot": watched,
  "run.before-steps": watched,
  "run.after-steps": watched,
  "run.before-start": watched,
  "run.after-start": watched,
  "run.before-finish": host,
  "run.after-finish": host,
  "step.before-start": host,
  "step.after-start": host,
  "step.before-plan": watched,
  "step.after-plan": watched,
  "step.before-apply": host,
  "step.after-apply": host,
  "step.before-success": host,
  "step.after-success": host,
  "step.before-failure": ["a failing step"],
  "step.after-failure": ["a failing step"],
  "step.before-destroy": host,
  "step.after-destroy": host,
  "step.after-verify": host,
  "resource.before-intend": made,
  "resource.after-intend": made,
  "resource.before-confirm": made,
  "resource.after-confirm": made,
  // A shell grain's resources are settled by the verification, the simulator's one by one.
  "resource.before-destroyed": simulated,
  "resource.after-destroyed": simulated,
  "log.before-flush": watched,
  "log.after-flush": watched,
  "shell.before-spawn": host,
  "shell.after-spawn": host,
  "shell.after-exit": host,
  "simulator.before-create": simulated,
  "simulator.after-create": simulated,
  "simulator.before-destroy": simulated,
  "simulator.after-destroy": simulated,
  "terraform.before-init": terraform,
  "terraform.after-plan": terraform,
  "terraform.before-apply": terraform,
  "terraform.during-apply": terraform,
  "terraform.after-resource": terraform,
  "terraform.after-apply": terraform,
  "terraform.before-destroy": terraform,
  "terraform.after-destroy": terraform,
  "terraform.before-state-write": terraform,
  "terraform.after-state-write": terraform,
  "terraform.before-lock": terraform,
  "terraform.after-lock": terraform,
  "terraform.before-unlock": terraform,
  "terraform.after-unlock": terraform,
  // Only after an earlier kill on a cloud: see kills-of-terraform.campaign.ts.
  "adopt.before-import": [],
  "adopt.after-import": [],
  "drift.before-record": watched,
  "drift.after-record": watched,
  "environment.launch-before-commit": web,
  "environment.launch-after-commit": web,
  "environment.end-before-commit": ["an end time", ...web],
  "environment.end-after-commit": web,
  "environment.move-before-commit": [...watched, ...web],
  "environment.extend-before-commit": web,
  "environment.extend-after-commit": web,
  "environment.retry-before-commit": web,
  "environment.retry-after-commit": web,
  "environment.withdraw-before-commit": web,
  "environment.withdraw-after-commit": web,
  "environment.forget-before-commit": web,
  "environment.forget-after-commit": web,
  "environment.restore-before-commit": web,
  "environment.restore-after-commit": web,
  "approval.vote-before-commit": web,
  "approval.settle-before-commit": web,
  "approval.settle-after-commit": web,
} as const satisfies Record<CrashPoint, readonly Story[]>;

/** The points at which a story is cut off. */
export function pointsOf(story: Story): CrashPoint[] {
  return crashPoints.filter((point) => (rehearsedIn[point] as readonly Story[]).includes(story));
}
