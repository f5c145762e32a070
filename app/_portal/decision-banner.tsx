import type { ReactNode } from "react";
import { Notice } from "#app/_ui/state/notice.tsx";
import type { DecisionWord } from "#server/policy/verdict.ts";
import { decisionLook } from "./decision-badge.tsx";
import { Warnings } from "./warnings.tsx";

/** The decision in one sentence, with who or what said it. */
export function DecisionBanner(props: {
  word: DecisionWord;
  sentence: string;
  warnings?: readonly string[];
  children?: ReactNode;
  live?: boolean;
}) {
  const { tone, word } = decisionLook[props.word];
  const rest = props.sentence.replace(/^(Approved|Needs approval|Denied)(:| )\s*/, "");
  return (
    <Notice tone={tone} title={word} live={props.live ?? false}>
      {rest ? <span>{capitalized(rest)}</span> : null}
      <Warnings warnings={props.warnings ?? []} />
      {props.children}
    </Notice>
  );
}

/** A sentence begins with a capital, an address or a name in it does not. */
function capitalized(sentence: string): string {
  return /^[a-z]+[\s,]/.test(sentence) ? sentence.charAt(0).toUpperCase() + sentence.slice(1) : sentence;
}
