import type { ApprovalRow } from "./approval-table.tsx";

type Choice = Pick<ApprovalRow, "id" | "action" | "canVote" | "whyNot"> & {
  environment: Pick<ApprovalRow["environment"], "blueprintName" | "monthlyEstimate" | "estimateIsOpen">;
};

/** Dearer requests are read one by one; per month, in the currency of the estimate. */
export const mostInBulk = 300;

/**
 * Why a request is not approved together with those chosen; null when it may be. Only launches, which destroy nothing,
 * of one blueprint, whose whole cost is known and small: all else is read on its own page.
 */
export function whyNotInBulk(row: Choice, chosen: readonly Choice[]): string | null {
  const { blueprintName, monthlyEstimate, estimateIsOpen } = row.environment;
  if (!row.canVote) return row.whyNot ?? "You cannot decide this.";
  if (row.action !== "launch") return "Only launches are approved together.";
  if (monthlyEstimate === null || estimateIsOpen) return "Its whole cost is not known: decide on its own page.";
  if (Number(monthlyEstimate) > mostInBulk) return `Above ${mostInBulk} a month: decide on its own page.`;
  const [first] = chosen;
  if (first && first.environment.blueprintName !== blueprintName) return "Another blueprint than those selected.";
  return null;
}
