import { Fragment } from "react";

/** A long name in code letters that breaks after its underscores, dots and brackets rather than within a word. */
export function BreakableCode({ children }: { children: string }) {
  return (
    <code>
      {children.split(/(?<=[_.[])/).map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place.
        <Fragment key={at}>
          {at > 0 ? <wbr /> : null}
          {part}
        </Fragment>
      ))}
    </code>
  );
}
