"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Loading } from "#app/_ui/state/loading.tsx";
import type { Blueprint } from "#server/blueprint/blueprint.ts";
import type { FieldProblem } from "#server/decision/request.ts";
import type { DraftEdit } from "./draft-edits.ts";
import { DurationField } from "./duration-field.tsx";
import { FieldRow } from "./field-row.tsx";
import { InputField } from "./input-field.tsx";
import type { Draft } from "./use-draft.ts";
import { useTouched } from "./use-touched.ts";

type Props = {
  draft: Draft;
  space: string;
  blueprint: Blueprint | null;
  edit: (changes: DraftEdit) => void;
  problems: readonly FieldProblem[];
  /** Every problem, not only those of fields that were left. */
  showAll: boolean;
};

/** The draft as a form. A problem shows once its field was left, or when a launch was tried. */
export function DraftForm({ draft, space, blueprint, edit, problems, showAll }: Props) {
  const trpc = useTRPC();
  const { data: catalog } = useSuspenseQuery(trpc.catalog.offered.queryOptions({ space }));
  const { touched, touch } = useTouched();
  const problemOf = (field: string) => {
    const problem = problems.find((each) => each.field === field);
    return problem && (showAll || touched.has(field)) ? `${problem.message} ${problem.remedy}`.trim() : undefined;
  };
  return (
    <Section title="Form">
      <FieldRow draft={draft} field="blueprint" label="Blueprint">
        <NativeSelect
          id="field-blueprint"
          label="Blueprint"
          value={draft.blueprintName ?? ""}
          onChange={(event) => edit({ blueprintName: event.currentTarget.value || null })}
          error={problemOf("blueprint")}
          data={[
            { value: "", label: "Choose…" },
            ...catalog.map((item) => ({ value: item.blueprintName, label: item.title })),
          ]}
        />
      </FieldRow>
      <FieldRow draft={draft} field="name" label="Name">
        <TextInput
          id="field-name"
          label="Name"
          description="How you and others find it again."
          value={draft.name}
          onChange={(event) => edit({ name: event.currentTarget.value })}
          onBlur={() => touch("name")}
          error={problemOf("name")}
          required
          maxLength={80}
        />
      </FieldRow>
      <FieldRow draft={draft} field="duration" label="Length">
        <DurationField
          minutes={draft.durationMinutes}
          blueprint={blueprint}
          change={(durationMinutes) => edit({ durationMinutes })}
          error={problemOf("duration")}
        />
      </FieldRow>
      {draft.blueprintName && !blueprint ? <Loading what="the blueprint's inputs" rows={3} /> : null}
      {(blueprint?.inputs ?? []).map((input) => (
        <FieldRow key={input.name} draft={draft} field={`inputs.${input.name}`} label={input.title}>
          <InputField
            input={input}
            value={draft.inputs[input.name]}
            isSet={draft.setSecrets.includes(input.name)}
            change={(value) =>
              edit(input.sensitive ? { sensitive: { [input.name]: value } } : { inputs: { [input.name]: value } })
            }
            leave={() => touch(`inputs.${input.name}`)}
            error={problemOf(`inputs.${input.name}`)}
          />
        </FieldRow>
      ))}
    </Section>
  );
}
