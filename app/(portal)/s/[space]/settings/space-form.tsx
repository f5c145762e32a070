"use client";

import { Autocomplete, Button, NumberInput, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import type { Outputs } from "#app/_trpc/outputs.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Section } from "#app/_ui/section.tsx";
import styles from "./settings.module.css";
import { readTags, writeTags } from "./tags.ts";

type Space = Outputs["space"]["find"];

const zones = ["UTC", ...Intl.supportedValuesOf("timeZone")];

/** Name, zone, budget and the tags put on everything that is launched here. */
export function SpaceForm({ space }: { space: Space }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [name, setName] = useState(space.name);
  const [description, setDescription] = useState(space.description);
  const [timeZone, setTimeZone] = useState(space.timeZone);
  const [budget, setBudget] = useState<string | number>(space.monthlyBudget ? Number(space.monthlyBudget) : "");
  const [tags, setTags] = useState(writeTags(space.tags));
  const update = useMutation(
    trpc.space.update.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries(trpc.space.pathFilter());
        void queries.invalidateQueries(trpc.me.pathFilter());
      },
    }),
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    update.mutate({
      space: space.slug,
      name,
      description,
      timeZone,
      monthlyBudget: budget === "" ? null : String(budget),
      tags: readTags(tags),
    });
  }
  return (
    <Section title="Space">
      <form className={styles.form} onSubmit={submit}>
        <TextInput label="Name" value={name} onChange={(event) => setName(event.currentTarget.value)} required />
        <Textarea
          label="Description"
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
          rows={2}
        />
        <Autocomplete
          label="Time zone"
          description="For the days of reports, and for policies that speak of clock times."
          data={zones}
          limit={12}
          value={timeZone}
          onChange={setTimeZone}
        />
        <NumberInput
          label={`Budget a month (${space.currency})`}
          description="Empty is no budget. The policy Space budget holds launches against it."
          min={0}
          decimalScale={2}
          thousandSeparator=","
          value={budget}
          onChange={setBudget}
        />
        <TagsInput
          label="Tags on everything launched here"
          description="name=value, for example cost-center=4711"
          value={tags}
          onChange={setTags}
        />
        <ProblemNotice error={update.error} title="Not saved" />
        <div>
          <Button type="submit" loading={update.isPending}>
            Save
          </Button>
          <span role="status" className={styles.saved}>
            {update.isSuccess ? "Saved." : ""}
          </span>
        </div>
      </form>
    </Section>
  );
}
