"use client";

import { TextInput } from "@mantine/core";
import { useState } from "react";
import { Notice } from "#app/_ui/state/notice.tsx";
import type { Plan } from "#server/plan/plan.ts";
import { type ChangeVerb, changeLook, sortChanges } from "./plan-changes.ts";
import styles from "./plan-diff.module.css";
import { PlanResourceChange } from "./plan-resource-change.tsx";

/** What the plans would do, grain by grain: counts, then each resource with its fields. */
export function PlanDiff({ plans }: { plans: Readonly<Record<string, Plan>> }) {
  const [text, setText] = useState("");
  const grains = Object.entries(plans).map(([grain, plan]) => ({
    grain,
    plan,
    changes: sortChanges(plan.resource_changes),
  }));
  const all = grains.flatMap((each) => each.changes);
  const counts = new Map<ChangeVerb, number>();
  for (const { verb } of all) counts.set(verb, (counts.get(verb) ?? 0) + 1);
  const guessed = grains.some(({ plan }) => plan.gantry.source !== "real");
  if (all.length === 0) return <p>The plan has no resources: its grains run commands only.</p>;
  return (
    <div>
      <p className={styles.counts}>
        {[...counts].map(([verb, count]) => (
          <span key={verb} data-tone={changeLook[verb].tone}>
            {changeLook[verb].sign} {count} to {changeLook[verb].word}
          </span>
        ))}
      </p>
      {guessed ? (
        <Notice tone="idle" title="Planned without asking the provider">
          Made from the blueprint's own source. The run plans again and asks the policies again before it applies.
        </Notice>
      ) : null}
      {all.length > 8 ? (
        <TextInput
          aria-label="Filter resources"
          placeholder="Filter resources"
          size="xs"
          mb="xs"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      ) : null}
      {grains.map(({ grain, changes }) => (
        <div key={grain}>
          {grains.length > 1 ? <h3 className={styles.grain}>Component {grain}</h3> : null}
          {changes
            .filter((change) => change.address.includes(text))
            .map((change) => (
              <PlanResourceChange key={change.address} change={change} verb={change.verb} />
            ))}
        </div>
      ))}
    </div>
  );
}
