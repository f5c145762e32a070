"use client";

import { ActionIcon, Tooltip, useMantineColorScheme } from "@mantine/core";
import { IconMoon, IconSun } from "@tabler/icons-react";

/** Light or dark. Both icons are drawn and CSS shows one, so that the server need not know. */
export function SchemeSwitch() {
  const { toggleColorScheme } = useMantineColorScheme();
  return (
    <Tooltip label="Light or dark">
      <ActionIcon
        variant="subtle"
        color="gray"
        size={32}
        aria-label="Switch between light and dark"
        onClick={toggleColorScheme}
      >
        <IconMoon size={18} aria-hidden className="mantine-dark-hidden" />
        <IconSun size={18} aria-hidden className="mantine-light-hidden" />
      </ActionIcon>
    </Tooltip>
  );
}
