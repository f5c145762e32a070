"use client";

import { ActionIcon, Menu, useMantineColorScheme } from "@mantine/core";
import { IconLogout, IconMoon, IconUserCircle } from "@tabler/icons-react";
import { signOut } from "next-auth/react";
import { useMe } from "#app/_portal/session/use-me.ts";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { useTimeZone } from "#app/_ui/time/time-zone.tsx";
import { roleWords } from "./role-words.ts";

export function MeMenu() {
  const me = useMe();
  const { roles } = useSpace();
  const zone = useTimeZone();
  const { toggleColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end" width={260} shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={32} aria-label={`${me.name}: account menu`}>
          <IconUserCircle size={20} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <strong>{me.name}</strong>
          {me.demo ? " (demo account)" : ""}
          <br />
          {me.email}
          <br />
          {me.accountAdmin ? "Account admin" : roles.map((role) => roleWords[role]).join(", ") || "No role here"}
          <br />
          Times in {zone}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconMoon size={14} aria-hidden />}
          onClick={toggleColorScheme}
          closeMenuOnClick={false}
        >
          Switch between light and dark
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={14} aria-hidden />}
          onClick={() => void signOut({ callbackUrl: "/sign-in" })}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
