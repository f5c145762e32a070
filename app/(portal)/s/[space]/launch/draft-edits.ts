/** What a page changes of a draft; as `draft.edit` takes it. */
export type DraftEdit = {
  blueprintName?: string | null;
  name?: string;
  inputs?: Record<string, string | null>;
  sensitive?: Record<string, string | null>;
  durationMinutes?: number | null;
};

/** Later edits win field by field. */
export function mergeEdits(before: DraftEdit, after: DraftEdit): DraftEdit {
  const merged: DraftEdit = { ...before, ...after };
  if (before.inputs && after.inputs) merged.inputs = { ...before.inputs, ...after.inputs };
  if (before.sensitive && after.sensitive) merged.sensitive = { ...before.sensitive, ...after.sensitive };
  return merged;
}

type Editable = {
  blueprintName: string | null;
  name: string;
  inputs: Record<string, string>;
  durationMinutes: number | null;
  setSecrets: string[];
};

/** The draft as it will be once the edits are stored. */
export function withEdits<T extends Editable>(draft: T, edits: DraftEdit): T {
  const inputs = { ...draft.inputs };
  for (const [name, value] of Object.entries(edits.inputs ?? {})) {
    if (value === null) delete inputs[name];
    else inputs[name] = value;
  }
  const secrets = new Set(draft.setSecrets);
  for (const [name, value] of Object.entries(edits.sensitive ?? {})) {
    if (value === null) secrets.delete(name);
    else secrets.add(name);
  }
  return {
    ...draft,
    ...(edits.blueprintName === undefined ? {} : { blueprintName: edits.blueprintName }),
    ...(edits.name === undefined ? {} : { name: edits.name }),
    ...(edits.durationMinutes === undefined ? {} : { durationMinutes: edits.durationMinutes }),
    inputs,
    setSecrets: [...secrets],
  };
}
