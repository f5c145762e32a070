import { Notice } from "#app/_ui/state/notice.tsx";
import { shownProblem } from "./problem.ts";

/** A refusal beside the button that met it. The live region is there before the text is. */
export function ProblemNotice({ error, title }: { error: unknown; title: string }) {
  const problem = error ? shownProblem(error) : null;
  return (
    <div role="alert">
      {problem ? (
        <Notice tone="denied" title={title}>
          {problem.message} {problem.remedy}
          {problem.reference ? <div>Reference {problem.reference}</div> : null}
        </Notice>
      ) : null}
    </div>
  );
}
