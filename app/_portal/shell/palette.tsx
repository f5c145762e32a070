"use client";

import { Kbd } from "@mantine/core";
import { Spotlight, type SpotlightActionData } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { skipToken, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useAllCommands } from "#app/_portal/commands/commands-provider.tsx";
import { environmentStateLook } from "#app/_portal/environment-state-badge.tsx";
import { useTRPC } from "#app/_trpc/react.tsx";

/** Finds places, environments and blueprints, and does what can be done with the thing on the page. */
export function Palette({ space }: { space: string }) {
  const [query, setQuery] = useState("");
  const [opened, setOpened] = useState(false);
  const found = useFound({ space, query, enabled: opened });
  const groups = new Map<string, SpotlightActionData[]>();
  const commands = useAllCommands().map((command) => ({
    id: command.id,
    group: command.group,
    label: command.label,
    description: command.description ?? "",
    onClick: command.run,
    rightSection: command.keys ? <Kbd size="xs">{command.keys}</Kbd> : null,
  }));
  for (const action of [...commands, ...found]) {
    const { group, ...rest } = action;
    groups.set(group, [...(groups.get(group) ?? []), rest]);
  }
  return (
    <Spotlight
      actions={[...groups].map(([group, actions]) => ({ group, actions }))}
      query={query}
      onQueryChange={setQuery}
      onSpotlightOpen={() => setOpened(true)}
      onSpotlightClose={() => setOpened(false)}
      shortcut={["mod + K"]}
      nothingFound="Nothing found. Try an environment's name, a blueprint or a verb."
      scrollable
      maxHeight={420}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: "Find a place, an environment, a blueprint, or something to do",
        "aria-label": "Find or do",
      }}
    />
  );
}

type Question = { space: string; query: string; enabled: boolean };

function useFound({ space, query, enabled }: Question) {
  const trpc = useTRPC();
  const router = useRouter();
  const text = query.trim();
  const environments = useQuery(
    trpc.environment.byText.queryOptions(enabled && text.length > 1 ? { space, text } : skipToken),
  );
  // While it is closed it must not stand in the cache under the page's own key: what the page brings would come too late.
  const catalog = useQuery(trpc.catalog.offered.queryOptions(enabled ? { space } : skipToken));
  return [
    ...(environments.data?.items ?? []).map((environment) => ({
      id: `environment:${environment.id}`,
      group: "Environments",
      label: environment.name,
      description: `env-${environment.number} · ${environmentStateLook[environment.state].word} · ${environment.blueprintName}`,
      keywords: text,
      onClick: () => router.push(`/s/${space}/environments/env-${environment.number}`),
      rightSection: null,
    })),
    ...(catalog.data ?? []).map((item) => ({
      id: `blueprint:${item.blueprintName}`,
      group: "Blueprints",
      label: item.title,
      description: item.description,
      onClick: () => router.push(`/s/${space}/catalog/${item.blueprintName}`),
      rightSection: null,
    })),
  ];
}
