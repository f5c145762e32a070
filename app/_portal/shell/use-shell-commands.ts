"use client";

import { useMantineColorScheme } from "@mantine/core";
import { useRouter } from "next/navigation";
import type { Command } from "#app/_portal/commands/command-store.ts";
import { useCommands } from "#app/_portal/commands/commands-provider.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { places } from "./places.ts";

/** What can be done from every page. */
export function useShellCommands({ space, showShortcuts }: { space: string; showShortcuts: () => void }): void {
  const router = useRouter();
  const { can } = useSpace();
  const { toggleColorScheme } = useMantineColorScheme();
  const go = (path: string) => () => router.push(`/s/${space}${path}`);
  const allowed: Command[] = places
    .filter((place) => can(place.needs))
    .map((place) => ({
      id: place.path,
      label: place.label,
      group: "Go to",
      keys: place.keys,
      run: go(`/${place.path}`),
    }));
  useCommands([
    { id: "home", label: "Home", group: "Go to", keys: "g h", run: go("") },
    ...allowed,
    ...(can("environment.launch")
      ? [{ id: "launch", label: "Launch an environment", group: "Do", keys: "c", run: go("/launch") }]
      : []),
    { id: "filter", label: "Go to the filter of this page", group: "Do", keys: "/", run: focusFilter },
    { id: "scheme", label: "Switch between light and dark", group: "Do", run: toggleColorScheme },
    { id: "shortcuts", label: "Show keyboard shortcuts", group: "Do", keys: "?", run: showShortcuts },
  ]);
}

function focusFilter() {
  document.querySelector<HTMLElement>("[data-filter-field]")?.focus();
}
