"use client";

import Link from "next/link";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { Section } from "#app/_ui/section.tsx";
import type { Prompt } from "#server/blueprint/blueprint.ts";
import styles from "./blueprint.module.css";
import { filledPrompt } from "./filled-prompt.ts";

/** Sentences its owner wrote and reviewed with it: each fills the form. */
export function BlueprintPrompts({ space, prompts }: { space: string; prompts: readonly Prompt[] }) {
  const { can } = useSpace();
  if (prompts.length === 0 || !can("environment.launch")) return null;
  return (
    <Section title="Say it like this">
      <ul className={styles.prompts}>
        {prompts.map((prompt) => (
          <li key={prompt.text}>
            <Link href={`/s/${space}/launch?ask=1&prompt=${encodeURIComponent(filledPrompt(prompt))}`}>
              {filledPrompt(prompt)}
            </Link>
            <span className={styles.hint}>{prompt.title}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
