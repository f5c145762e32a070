import { IconCircleCheck, IconOctagonMinus } from "@tabler/icons-react";
import Link from "next/link";
import { DataTable } from "#app/_ui/data-table.tsx";
import { StatusBadge } from "#app/_ui/status-badge.tsx";
import type { PolicyCoverage, PolicyTestResult, PolicyTestRun } from "#server/policy/policy-tests.ts";
import styles from "./policy.module.css";

const look = {
  passed: { tone: "good", icon: IconCircleCheck, word: "Passed" },
  failed: { tone: "failed", icon: IconOctagonMinus, word: "Failed" },
  error: { tone: "failed", icon: IconOctagonMinus, word: "Error" },
} as const;

type RowHref = (row: number) => string;

/** What the tests of a policy came to, and which rows of it no test reached. */
export function TestRun({ run, file, rowHref }: { run: PolicyTestRun; file: string; rowHref?: RowHref }) {
  const failed = run.results.filter((result) => result.state !== "passed").length;
  return (
    <>
      <p>{`${run.results.length - failed} passed, ${failed} failed`}</p>
      {run.coverage ? <Coverage coverage={run.coverage} file={file} rowHref={rowHref} /> : null}
      {run.results.length > 0 ? (
        <DataTable
          label="Tests"
          rows={run.results}
          rowKey={(result) => result.name}
          columns={[
            { key: "name", label: "Test", block: true, cell: (result) => <code>{result.name}</code> },
            { key: "state", label: "Result", cell: (result) => <StatusBadge {...look[result.state]} /> },
            { key: "message", label: "Why", block: true, cell: (result) => <Why result={result} /> },
            { key: "row", label: "Line", numeric: true, cell: (result) => result.row ?? "" },
            { key: "ms", label: "Took", numeric: true, cell: (result) => `${result.tookMs.toFixed(1)} ms` },
          ]}
        />
      ) : null}
    </>
  );
}

function Why({ result }: { result: PolicyTestResult }) {
  return (
    <>
      {result.message}
      {result.output.length > 0 ? <pre className={styles.output}>{result.output.join("\n")}</pre> : null}
    </>
  );
}

function Coverage(props: { coverage: PolicyCoverage; file: string; rowHref: RowHref | undefined }) {
  const { percent, missed } = props.coverage;
  if (missed.length === 0) return <p>The tests reach every row of {props.file}.</p>;
  return (
    <p>
      The tests reach {percent} % of the rows of {props.file}. Not reached:{" "}
      {missed.map(({ from, to }, at) => {
        const words = from === to ? `row ${from}` : `rows ${from} to ${to}`;
        return (
          <span key={from}>
            {at > 0 ? ", " : ""}
            {props.rowHref ? (
              <Link href={props.rowHref(from)} className={styles.inline}>
                {words}
              </Link>
            ) : (
              words
            )}
          </span>
        );
      })}
    </p>
  );
}
