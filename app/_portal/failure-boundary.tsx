"use client";

import { QueryErrorResetBoundary } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Catch } from "#app/_ui/state/catch.tsx";
import { Failure } from "#app/_ui/state/failure.tsx";
import { Refused } from "#app/_ui/state/refused.tsx";
import { shownProblem } from "./problem.ts";

/**
 * Draws the refusal or the failure of what is inside. It does not wait: around a whole page, a Suspense boundary would let
 * the answer begin with 200 before the page knows whether what it is about exists.
 */
export function FailureBoundary({ what, children }: { what: string; children: ReactNode }) {
  return (
    <QueryErrorResetBoundary>
      {({ reset }) => (
        <Catch onReset={reset} fallback={(error, retry) => <Fallen what={what} error={error} retry={retry} />}>
          {children}
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
