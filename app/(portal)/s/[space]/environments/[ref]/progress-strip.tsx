"use client";

import { runKindWord } from "#app/_portal/run-state-badge.tsx";
import { stepStateLook } from "#app/_portal/step-state-look.ts";
import { Elapsed } from "#app/_ui/time/elapsed.tsx";
import { duration } from "#app/_ui/time/format-time.ts";
import { useNow } from "#app/_ui/time/use-now.ts";
import styles from "./progress-strip.module.css";
import type { RunView } from "./step-view.ts";
import { pastUsual, type StepView, usualRange } from "./step-view.ts";

/** The run's steps in order: what is done, what runs and for how long, and how long it usually takes. */
export function ProgressStrip({ run }: { run: RunView }) {
  const steps = run.steps.filter((step) => step.verb !== "plan" || step.state === "running" || step.state === "failed");
  return (
    <div className={styles.strip}>
      <ol className={styles.segments} aria-label={`Steps of the ${runKindWord[run.kind].toLowerCase()}`}>
        {steps.map((step) => (
          <Segment key={step.id} step={step} />
        ))}
      </ol>
      <p className={styles.line} role="status">
        <StatusLine run={run} />
      </p>
    </div>
  );
}

function Segment({ step }: { step: StepView }) {
  const { icon: Icon, word, tone } = stepStateLook[step.state];
  const done = step.progress && step.progress.total > 0 ? step.progress.done / step.progress.total : undefined;
  return (
    <li className={styles.segment} data-tone={tone}>
      <Icon size={14} aria-hidden />
      <span className={styles.name}>{step.grain}</span>
      <span className="g-hidden">{word}</span>
      {step.startedAt ? (
        <span className={styles.took}>
          <Elapsed from={step.startedAt} to={step.finishedAt} />
        </span>
      ) : null}
      {step.state === "running" && done !== undefined ? (
        <span className={styles.bar} style={{ width: `${Math.round(done * 100)}%` }} />
      ) : null}
    </li>
  );
}

/** The same in one sentence, for narrow screens and screen readers. */
function StatusLine({ run }: { run: RunView }) {
  const now = useNow(1000);
  const at = run.steps.findIndex((step) => step.state === "running");
  const step = run.steps[at];
  if (!step) return run.state === "queued" ? "Waiting for a worker" : (run.error ?? "");
  const ran = now && step.startedAt ? now.getTime() - new Date(step.startedAt).getTime() : 0;
  const label = step.progress?.label ? `: ${step.progress.label}` : "";
  return (
    <>
      Step {at + 1} of {run.steps.length}, {step.verb} {step.grain}
      {label}, {duration(Math.max(1000, ran))},{" "}
      {pastUsual(step, ran) ? "longer than 95% of runs" : usualRange(step.usual)}
      <Heartbeat at={run.heartbeatAt} now={now} />
    </>
  );
}

function Heartbeat({ at, now }: { at: Date | null; now: Date | null }) {
  if (!at || !now) return null;
  const ago = Math.max(0, now.getTime() - new Date(at).getTime());
  if (ago < 15_000) return null;
  return (
    <span className={styles.heartbeat} data-tone="warning">
      {" "}
      Last word from the worker {duration(ago)} ago.
    </span>
  );
}
