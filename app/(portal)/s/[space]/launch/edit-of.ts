import type { DraftEdit } from "./draft-edits.ts";

/** The edit that gives a field of the draft a value. */
export function editOf(field: string, value: string): DraftEdit {
  if (field === "blueprint") return { blueprintName: value };
  if (field === "name") return { name: value };
  if (field === "duration") return { durationMinutes: value === "" ? null : Number(value) };
  return { inputs: { [field.replace(/^inputs\./, "")]: value } };
}
