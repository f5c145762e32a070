"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { BlueprintIcon } from "#app/_portal/blueprint-icon.tsx";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Loading } from "#app/_ui/state/loading.tsx";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import styles from "./launch.module.css";
import { OpenDrafts } from "./open-drafts.tsx";
import { PromptBox } from "./prompt-box.tsx";
import { useStartedDraft } from "./use-started-draft.ts";

/** Where a launch begins: say it, take up a draft, or choose. */
export function LaunchStart({ space }: { space: string }) {
  const trpc = useTRPC();
  const { value } = useUrlState();
  const { data } = useSuspenseQuery(trpc.catalog.offered.queryOptions({ space }));
  const starting = useStartedDraft({ space, blueprint: value("blueprint"), copy: value("copy") });
  if (starting) return <Loading what="your draft" rows={6} />;
  return (
    <>
      <PromptBox space={space} draft={null} autoFocus={value("ask") === "1"} text={value("prompt")} />
      <OpenDrafts space={space} />
      <Section title="Or choose a blueprint" plain>
        <ul className={styles.choices}>
          {data.map((item) => (
            <li key={item.blueprintName} data-row={item.blueprintName}>
              <Link href={`/s/${space}/launch?blueprint=${item.blueprintName}`} className={styles.choice}>
                <BlueprintIcon name={item.icon} size={24} />
                <span>
                  <strong>{item.title}</strong>
                  <span className={styles.hint}>{item.description}</span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
