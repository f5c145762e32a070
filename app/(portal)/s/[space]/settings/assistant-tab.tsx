"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Facts } from "#app/_ui/facts.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Notice } from "#app/_ui/state/notice.tsx";

/** Who reads sentences here, and what it may do. */
export function AssistantTab({ space }: { space: string }) {
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.assistant.status.queryOptions({ space }));
  return (
    <Section title="Assistant">
      {data.isConfigured ? (
        <Notice tone="good" title="A model is configured">
          It proposes; the built-in planner checks every value, and reads the sentence alone when the model cannot.
        </Notice>
      ) : (
        <Notice tone="idle" title="The built-in planner reads sentences">
          No model is needed. To add one, set <code>ASSISTANT_PROVIDER</code>, <code>ASSISTANT_MODEL</code> and, where
          the provider wants them, <code>ASSISTANT_BASE_URL</code> and <code>ASSISTANT_API_KEY</code>, then restart.
        </Notice>
      )}
      <Facts
        items={[
          { name: "Planner", value: data.planner },
          { name: "Provider", value: data.provider ?? "none" },
          { name: "Model", value: data.model ?? "none" },
          { name: "May", value: "read the catalog and propose a draft" },
          { name: "May never", value: "launch, approve, extend, terminate, or see a secret" },
        ]}
      />
    </Section>
  );
}
