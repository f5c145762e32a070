"use client";

import { useState } from "react";
import type { ResourceChange } from "#server/plan/plan.ts";
import { type ChangeVerb, changeLook, fieldChanges } from "./plan-changes.ts";
import styles from "./plan-diff.module.css";

/** One resource; its fields are drawn when it is opened, because plans can be large. */
export function PlanResourceChange({ change, verb }: { change: ResourceChange; verb: ChangeVerb }) {
  const [open, setOpen] = useState(verb === "destroy" || verb === "replace");
  const { sign, word, tone } = changeLook[verb];
  return (
    <details className={styles.resource} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className={styles.sign} data-tone={tone}>
          {sign}
        </span>
        <code>{change.address}</code>
        <span className={styles.word}>{word}</span>
      </summary>
      {open ? (
        <table className={styles.fields}>
          <tbody>
            {fieldChanges(change).map((field) => (
              <tr key={field.path}>
                <th scope="row">{field.path}</th>
                <td>
                  {field.before === null ? null : <del>{field.before}</del>}
                  {field.before !== null && field.after !== null ? " → " : null}
                  {field.after === null ? null : <ins>{field.after}</ins>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </details>
  );
}
