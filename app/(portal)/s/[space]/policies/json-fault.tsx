import { Notice } from "#app/_ui/state/notice.tsx";

/** Why a text is no JSON, announced when it stops being one. */
export function JsonFault({ fault }: { fault: string | undefined }) {
  return (
    <div role="alert">
      {fault ? (
        <Notice tone="warning" title="Not valid JSON">
          {fault}
        </Notice>
      ) : null}
    </div>
  );
}
