"use client";

import { shownProblem } from "#app/_portal/problem.ts";
import { PageHeader } from "#app/_ui/page-header.tsx";
import { Failure } from "#app/_ui/state/failure.tsx";

export default function SpaceError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const problem = shownProblem(error);
  return (
    <>
      <PageHeader title="Something is wrong" />
      <Failure
        what="This page"
        message={problem.message}
        remedy={problem.remedy}
        reference={problem.reference ?? error.digest}
        retry={reset}
      />
    </>
  );
}
