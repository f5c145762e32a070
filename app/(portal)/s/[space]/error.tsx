"use client";

import { shownProblem } from "#app/_portal/problem.ts";
import { Failure } from "#app/_ui/state/failure.tsx";

export default function SpaceError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const problem = shownProblem(error);
  return (
    <Failure
      what="This page"
      message={problem.message}
      remedy={problem.remedy}
      reference={problem.reference ?? error.digest}
      retry={reset}
    />
  );
}
