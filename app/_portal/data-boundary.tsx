"use client";

import { type ReactNode, Suspense } from "react";
import { Loading } from "#app/_ui/state/loading.tsx";
import { FailureBoundary } from "./failure-boundary.tsx";

/** Around every part that loads: its waiting, its refusal and its failure, so that one part never blanks a page. */
export function DataBoundary(props: { what: string; rows?: number; loading?: ReactNode; children: ReactNode }) {
  return (
    <FailureBoundary what={props.what}>
      <Suspense fallback={props.loading ?? <Loading what={props.what} rows={props.rows ?? 5} />}>
        {props.children}
      </Suspense>
    </FailureBoundary>
  );
}
