"use client";

import { QueryErrorResetBoundary } from "@tanstack/react-query";
import { type ReactNode, Suspense } from "react";
import { Catch } from "#app/_ui/state/catch.tsx";
import { Failure } from "#app/_ui/state/failure.tsx";
import { Loading } from "#app/_ui/state/loading.tsx";
import { Refused } from "#app/_ui/state/refused.tsx";
import { shownProblem } from "./problem.ts";

/** Around every part that loads: its waiting, its refusal and its failure, so that one part never blanks a page. */
export function DataBoundary(props: { what: string; rows?: number; loading?: ReactNode; children: ReactNode }) {
  return (
    <QueryErrorResetBoundary>
      {({ reset }) => (
        <Catch onReset={reset} fallback={(error, retry) => <Fallen what={props.what} error={error} retry={retry} />}>
          <Suspense fallback={props.loading ?? <Loading what={props.what} rows={props.rows ?? 5} />}>
            {props.children}
          </Suspense>
        </Catch>
      )}
    </QueryErrorResetBoundary>
  );
}

function Fallen({ what, error, retry }: { what: string; error: Error; retry: () => void }) {
  const problem = shownProblem(error);
  if (problem.code === "forbidden")
    return (
      <Refused title={`You may not see ${what}`}>
        {problem.message} {problem.remedy}
      </Refused>
    );
  const name = what.charAt(0).toUpperCase() + what.slice(1);
  return (
    <Failure
      what={name}
      message={problem.message}
      remedy={problem.remedy}
      reference={problem.reference}
      retry={retry}
    />
  );
}
