"use client";

import { ActionIcon, Button, Kbd, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { spotlight } from "@mantine/spotlight";
import { IconHelp, IconSearch, IconSparkles } from "@tabler/icons-react";
import Link from "next/link";
import { ShortcutList } from "#app/_portal/commands/shortcut-list.tsx";
import { LiveState } from "#app/_portal/live/live-state.tsx";
import { Brand } from "./brand.tsx";
import { MeMenu } from "./me-menu.tsx";
import { Palette } from "./palette.tsx";
import { PlacesDrawer } from "./places-drawer.tsx";
import { SchemeSwitch } from "./scheme-switch.tsx";
import styles from "./shell.module.css";
import { SpaceSwitcher } from "./space-switcher.tsx";
import { useShellCommands } from "./use-shell-commands.ts";

export function TopBar({ space }: { space: string }) {
  const [helping, help] = useDisclosure(false);
  useShellCommands({ space, showShortcuts: help.open });
  return (
    <section aria-label="Top bar" className={styles.top}>
      <PlacesDrawer space={space} />
      <Brand space={space} />
      <div className={styles.space}>
        <SpaceSwitcher space={space} />
      </div>
      <div className={styles.spacer} />
      <LiveState />
      <Button
        className={`${styles.search} ${styles.wide}`}
        justify="space-between"
        variant="default"
        size="xs"
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSection={<Kbd size="xs">Ctrl K</Kbd>}
        onClick={spotlight.open}
      >
        Find or do
      </Button>
      <ActionIcon
        className={styles.narrow}
        variant="subtle"
        color="gray"
        size={32}
        aria-label="Find or do"
        onClick={spotlight.open}
      >
        <IconSearch size={18} aria-hidden />
      </ActionIcon>
      <Button
        className={styles.wide}
        component={Link}
        href={`/s/${space}/launch?ask=1`}
        size="xs"
        variant="light"
        leftSection={<IconSparkles size={14} aria-hidden />}
      >
        Ask
      </Button>
      <ActionIcon
        className={styles.narrow}
        component={Link}
        href={`/s/${space}/launch?ask=1`}
        variant="light"
        size={32}
        aria-label="Ask"
      >
        <IconSparkles size={18} aria-hidden />
      </ActionIcon>
      <Tooltip label="Keyboard shortcuts (?)">
        <ActionIcon
          className={styles.wide}
          variant="subtle"
          color="gray"
          size={32}
          aria-label="Help and keyboard shortcuts"
          onClick={help.open}
        >
          <IconHelp size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <div className={styles.wide}>
        <SchemeSwitch />
      </div>
      <MeMenu />
      <ShortcutList opened={helping} close={help.close} />
      <Palette space={space} />
    </section>
  );
}
