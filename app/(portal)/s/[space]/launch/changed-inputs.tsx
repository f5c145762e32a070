"use client";

import type { Blueprint } from "#server/blueprint/blueprint.ts";
import styles from "./launch.module.css";
import type { Draft } from "./use-draft.ts";

/** The inputs that differ from the blueprint's defaults: what is special about this one. */
export function ChangedInputs({ draft, blueprint }: { draft: Draft; blueprint: Blueprint | null }) {
  if (!blueprint) return null;
  const changed = blueprint.inputs.filter(
    (input) => draft.inputs[input.name] !== undefined && draft.inputs[input.name] !== (input.default ?? ""),
  );
  return (
    <div className={styles.part}>
      <p className={styles.hint}>
        {changed.length === 0
          ? "All inputs as the blueprint has them."
          : `${changed.length} ${changed.length === 1 ? "input differs" : "inputs differ"} from the blueprint's default:`}
      </p>
      {changed.length > 0 ? (
        <ul className={styles.changed}>
          {changed.map((input) => (
            <li key={input.name}>
              {input.title || input.name}: {input.default ? <del>{input.default}</del> : null}{" "}
              <ins>{draft.inputs[input.name]}</ins>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
