"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Section } from "#app/_ui/section.tsx";
import styles from "./blueprint.module.css";

/** Every policy that will be asked when this is launched here. */
export function AppliedPolicies({ space }: { space: string }) {
  const trpc = useTRPC();
  const { path } = useSpace();
  const { data } = useSuspenseQuery(trpc.policy.list.queryOptions({ space }));
  const applied = data.filter((policy) => policy.enabled);
  return (
    <Section title="Policies that apply" note={`${applied.length} enabled in this space`}>
      <ul className={styles.policies}>
        {applied.map((policy) => (
          <li key={policy.name}>
            <Link href={path(`policies/${policy.name}`)}>{policy.title}</Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
