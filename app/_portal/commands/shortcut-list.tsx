"use client";

import { Kbd, Modal, Switch } from "@mantine/core";
import { useAllCommands } from "./commands-provider.tsx";
import styles from "./shortcut-list.module.css";
import { useShortcutsEnabled } from "./use-shortcuts-enabled.ts";

const always = [
  { id: "palette", label: "Find places, environments and commands", keys: "Ctrl K" },
  { id: "rows", label: "Next and previous row", keys: "j k" },
  { id: "open", label: "Open the row", keys: "Enter" },
];

/** Every shortcut that works on this page, and the switch for the single-key ones. */
export function ShortcutList({ opened, close }: { opened: boolean; close: () => void }) {
  const [enabled, setEnabled] = useShortcutsEnabled();
  const commands = useAllCommands().filter((command) => command.keys);
  return (
    <Modal opened={opened} onClose={close} title="Keyboard shortcuts" size="lg">
      <Switch
        checked={enabled}
        onChange={(event) => setEnabled(event.currentTarget.checked)}
        label="Single-key shortcuts"
        description="Off keeps only Ctrl or ⌘ K. They never work inside a field."
        mb="md"
      />
      <ul className={styles.list}>
        {[...always, ...commands].map((command) => (
          <li key={command.id}>
            <span>{command.label}</span>
            <span className={styles.keys}>
              {(command.keys ?? "").split(" ").map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
