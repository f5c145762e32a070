"use client";

import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import type { FieldProblem } from "#server/decision/request.ts";
import styles from "./launch.module.css";

/** What is still missing or wrong, each with a way to its field. */
export function ProblemSummary({ problems, error }: { problems: readonly FieldProblem[]; error: unknown }) {
  return (
    <div className={styles.part}>
      <ProblemNotice error={error} title="Not checked" />
      {problems.length > 0 ? (
        <div id="launch-problems" tabIndex={-1}>
          <p className={styles.hint}>Before it can be launched:</p>
          <ul className={styles.changed}>
            {problems.map((problem) => (
              <li key={`${problem.field}/${problem.message}`}>
                <a
                  href={`#field-${problem.field}`}
                  onClick={(event) => {
                    event.preventDefault();
                    document.getElementById(`field-${problem.field}`)?.focus();
                  }}
                >
                  {problem.message}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}
