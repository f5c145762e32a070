"use client";

import { Burger, Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { PlaceList } from "./place-list.tsx";
import styles from "./shell.module.css";

/** The rail on a phone. */
export function PlacesDrawer({ space }: { space: string }) {
  const [opened, drawer] = useDisclosure(false);
  return (
    <div className={styles.narrow}>
      <Burger opened={opened} onClick={drawer.toggle} aria-label="Places" size="sm" />
      <Drawer opened={opened} onClose={drawer.close} title="Places" size={280}>
        <nav aria-label="Places" className={styles.drawer}>
          <PlaceList space={space} onGo={drawer.close} />
        </nav>
      </Drawer>
    </div>
  );
}
