"use client";

import { Button, Menu } from "@mantine/core";
import { IconCheck, IconSelector, IconStack2 } from "@tabler/icons-react";
import Link from "next/link";
import { useMe } from "#app/_portal/session/use-me.ts";
import styles from "./shell.module.css";

export function SpaceSwitcher({ space }: { space: string }) {
  const { spaces } = useMe();
  const current = spaces.find((each) => each.slug === space);
  return (
    <Menu position="bottom-start" width={240} shadow="md">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          c="var(--g-text)"
          rightSection={<IconSelector size={14} aria-hidden />}
          aria-label={`Space ${current?.name ?? space}. Switch space`}
        >
          <IconStack2 className={styles.spaceIcon} size={18} aria-hidden />
          <span className={styles.spaceName}>{current?.name ?? space}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Spaces</Menu.Label>
        {spaces.map((each) => (
          <Menu.Item
            key={each.id}
            component={Link}
            href={`/s/${each.slug}`}
            rightSection={each.slug === space ? <IconCheck size={14} aria-label="current" /> : null}
          >
            {each.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
