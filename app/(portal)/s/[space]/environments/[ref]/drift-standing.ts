import type { Tone } from "#app/_ui/theme/tokens.ts";
import type { EnvironmentView } from "./step-view.ts";

type Standing = { tone: Tone; title: string; hint: string };

const minutes = (every: number) => (every % 60 === 0 ? hours(every / 60) : `every ${every} minutes`);
const hours = (every: number) => (every === 1 ? "every hour" : `every ${every} hours`);

/** What can be said of an environment's drift: silence is never shown as no drift. */
export function driftStanding(
  environment: Pick<EnvironmentView, "state" | "driftState" | "driftCheckedAt" | "drift">,
  fields: number,
): Standing {
  const { drift, driftState, driftCheckedAt, state } = environment;
  const schedule =
    drift.everyMinutes > 0
      ? `Active environments are checked ${minutes(drift.everyMinutes)}, and when you ask.`
      : "Nothing is checked by schedule here: it is checked when you ask.";
  if (drift.isChecking) return { tone: "running", title: "Checking now", hint: "The result appears here." };
  if (!driftCheckedAt)
    return {
      tone: "idle",
      title: "Never checked",
      hint: state === "active" ? schedule : "Only active environments are checked.",
    };
  if (driftState === "drifted")
    return {
      tone: "drifted",
      title: `${fields} ${fields === 1 ? "field differs" : "fields differ"} from what was applied`,
      hint: drift.stale ? "This is an old finding: check again before you act on it." : "",
    };
  if (driftState === "unknown")
    return {
      tone: "warning",
      title: "It could not be checked",
      hint: "None of its grains can be looked at, or looking failed; the run of a check says why.",
    };
  if (drift.stale === "changed")
    return { tone: "idle", title: "Not checked since it was last changed", hint: schedule };
  if (drift.stale === "late")
    return {
      tone: "warning",
      title: "Not checked for too long",
      hint: "A check by schedule did not come or did not end. What was found before may no longer hold.",
    };
  return { tone: "good", title: "No drift at the last check", hint: "" };
}
