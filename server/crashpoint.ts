import { config } from "#server/config.ts";

/**
 * The places where a kill is rehearsed: before and after each durable write and each effect outside the database.
 * The list is closed so that a campaign can walk all of it.
 */
export const crashPoints = [
  "audit.before-append",
  "audit.after-append",
  "audit.before-checkpoint",
  "audit.after-checkpoint",
  "job.before-claim",
  "job.after-claim",
  "job.before-finish",
  "job.after-finish",
  "job.before-fail",
  "job.after-fail",
  "job.before-release",
  "job.after-release",
  "schedule.before-slot",
  "schedule.after-slot",
  "run.before-steps",
  "run.after-steps",
  "run.before-start",
  "run.after-start",
  "run.before-finish",
  "run.after-finish",
  "step.before-start",
  "step.after-start",
  "step.before-plan",
  "step.after-plan",
  "step.before-apply",
  "step.after-apply",
  "step.before-success",
  "step.after-success",
  "step.before-failure",
  "step.after-failure",
  "step.before-destroy",
  "step.after-destroy",
  "step.after-verify",
  "resource.before-intend",
  "resource.after-intend",
  "resource.before-confirm",
  "resource.after-confirm",
  "resource.before-destroyed",
  "resource.after-destroyed",
  "log.before-flush",
  "log.after-flush",
  "shell.before-spawn",
  "shell.after-spawn",
  "shell.after-exit",
  "simulator.before-create",
  "simulator.after-create",
  "simulator.before-destroy",
  "simulator.after-destroy",
  "terraform.before-init",
  "terraform.after-plan",
  "terraform.before-apply",
  "terraform.during-apply",
  "terraform.after-resource",
  "terraform.after-apply",
  "terraform.before-destroy",
  "terraform.after-destroy",
  "terraform.before-state-write",
  "terraform.after-state-write",
  "terraform.before-lock",
  "terraform.after-lock",
  "terraform.before-unlock",
  "terraform.after-unlock",
  "adopt.before-import",
  "adopt.after-import",
  "drift.before-record",
  "drift.after-record",
  "environment.launch-before-commit",
  "environment.launch-after-commit",
  "environment.end-before-commit",
  "environment.end-after-commit",
  "environment.move-before-commit",
  "environment.extend-before-commit",
  "environment.extend-after-commit",
  "environment.retry-before-commit",
  "environment.retry-after-commit",
  "environment.withdraw-before-commit",
  "environment.withdraw-after-commit",
  "environment.forget-before-commit",
  "environment.forget-after-commit",
  "environment.restore-before-commit",
  "environment.restore-after-commit",
  "approval.vote-before-commit",
  "approval.settle-before-commit",
  "approval.settle-after-commit",
] as const;
export type CrashPoint = (typeof crashPoints)[number];

const hits = new Map<CrashPoint, number>();

/**
 * Kills this process without a word when GANTRY_CRASH_AT is `<name>` (first hit) or `<name>#<n>` (n-th hit);
 * does nothing otherwise.
 */
export function crashpoint(name: CrashPoint): void {
  const wanted = config().GANTRY_CRASH_AT;
  if (!wanted) return;
  const [wantedName, wantedHit = "1"] = wanted.split("#");
  if (wantedName !== name) return;
  const hit = (hits.get(name) ?? 0) + 1;
  hits.set(name, hit);
  if (hit === Number(wantedHit)) process.kill(process.pid, "SIGKILL");
}
