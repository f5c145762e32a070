"use client";

import { Anchor, Button } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { EnvironmentTable } from "#app/_portal/environment-table.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Empty } from "#app/_ui/state/empty.tsx";
import { homeQuestions } from "./home-questions.ts";

export function MyEnvironments({ space }: { space: string }) {
  const trpc = useTRPC();
  const { path, can } = useSpace();
  const { data } = useSuspenseQuery(trpc.environment.list.queryOptions(homeQuestions(space).mine));
  return (
    <Section
      title="Your environments"
      note={data.total > data.items.length ? `${data.items.length} of ${data.total}` : undefined}
      actions={
        <Anchor component={Link} href={path("environments?owner=me")} size="sm">
          All of yours
        </Anchor>
      }
      plain
    >
      {data.items.length > 0 ? (
        <EnvironmentTable rows={data.items} own />
      ) : (
        <Empty
          title="You have no environment now"
          action={
            can("environment.launch") ? (
              <Button component={Link} href={path("launch")} size="xs">
                Launch one
              </Button>
            ) : null
          }
        >
          {can("environment.launch")
            ? "Describe what you need, or choose a reviewed blueprint."
            : "Your roles here do not launch environments; they read, decide or check."}
        </Empty>
      )}
    </Section>
  );
}
