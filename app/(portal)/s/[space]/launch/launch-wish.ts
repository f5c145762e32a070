import type { DecisionWord } from "#server/policy/verdict.ts";

type Seen = {
  problems: readonly unknown[];
  decision: { word: DecisionWord; sentence: string; requiredApprovals: number } | null;
  eligible: readonly { name: string }[];
};

export type LaunchWish = { kind: "can" | "cannot" | "incomplete"; label: string; reason: string };

/** What the button would do, and says. */
export function launchWish(preview: Seen | undefined): LaunchWish {
  if (!preview) return { kind: "cannot", label: "Checking…", reason: "" };
  const { decision, problems, eligible } = preview;
  if (problems.length > 0 || !decision)
    return { kind: "incomplete", label: "Show what is missing", reason: "The form is not complete yet." };
  if (decision.word === "Denied")
    return { kind: "cannot", label: "Cannot launch", reason: "The decision above says why." };
  if (decision.word === "Approved") return { kind: "can", label: "Launch", reason: "Starts at once." };
  if (eligible.length < decision.requiredApprovals)
    return {
      kind: "can",
      label: "Request approval",
      reason: `Needs ${decision.requiredApprovals}, but only ${eligible.length} other people may approve here.`,
    };
  const names = eligible.slice(0, 3).map((person) => person.name);
  const more = eligible.length > 3 ? ` and ${eligible.length - 3} more` : "";
  const count = decision.requiredApprovals === 1 ? "One" : String(decision.requiredApprovals);
  return { kind: "can", label: "Request approval", reason: `${count} of ${names.join(", ")}${more} can approve.` };
}
