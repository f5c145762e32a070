import { environmentStateLook } from "./environment-state-badge.tsx";
import { formatMoney } from "./format-money.ts";

const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");

function stateWord(state: unknown): string {
  const name = text(state);
  return Object.hasOwn(environmentStateLook, name)
    ? environmentStateLook[name as keyof typeof environmentStateLook].word
    : name || "nothing";
}

const cost = (amount: unknown) => (text(amount) === "" ? "unknown" : formatMoney(text(amount)));

/** The one thing worth knowing of an event beside who did what. */
export function eventDetail(action: string, data: Record<string, unknown>): string {
  switch (action) {
    case "environment.moved":
      return `${data.from ? `${stateWord(data.from)} → ` : ""}${stateWord(data.to)}${data.reason ? `: ${text(data.reason)}` : ""}`;
    case "decision.made":
      return text(data.sentence) || text(data.word);
    case "approval.voted":
      return [data.vote === "approve" ? "approved" : "rejected", text(data.reason)].filter(Boolean).join(": ");
    case "approval.settled":
      return `${text(data.state)}: ${text(data.cause)}`;
    case "environment.extended":
    case "environment.extension_requested":
      return `${text(data.before) || "no end"} → ${text(data.after) || "no end"}`;
    case "environment.repriced":
      return `${cost(data.before)} → ${cost(data.after)} a month`;
    case "environment.secret_read":
      return text(data.output);
    case "run.started":
      return `${text(data.kind)}, attempt ${text(data.attempt)}`;
    case "run.finished":
      return `${text(data.kind)}: ${text(data.state)}`;
    case "run.step_failed":
      return `${text(data.grain)}: ${text(data.error)}`;
    default:
      return text(data.reason) || text(data.cause) || text(data.error);
  }
}
