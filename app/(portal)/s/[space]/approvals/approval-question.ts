import { type Params, readParam } from "#app/_ui/read-params.ts";

export const approvalTabs = [
  { value: "for_me", label: "For me" },
  { value: "mine", label: "Mine" },
  { value: "all", label: "All" },
] as const;

/** What the address of the queue asks. All shows open ones unless settled ones are wanted too. */
export function approvalQuestion(space: string, params: Params) {
  const tab = approvalTabs.find((each) => each.value === readParam(params, "tab"))?.value ?? "for_me";
  const onlyOpen = tab === "all" && readParam(params, "settled") !== "yes";
  return { space, tab, ...(onlyOpen ? { state: ["open" as const] } : {}) };
}
