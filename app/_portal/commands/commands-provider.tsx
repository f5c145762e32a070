"use client";

import { createContext, type ReactNode, use, useEffect, useId, useRef, useState, useSyncExternalStore } from "react";
import { type Command, type CommandStore, createCommandStore } from "./command-store.ts";
import { useShortcutKeys } from "./use-shortcut-keys.ts";

const CommandContext = createContext<CommandStore | null>(null);
const none: readonly Command[] = [];

export function CommandsProvider({ children }: { children: ReactNode }) {
  const [store] = useState(createCommandStore);
  useShortcutKeys(store);
  return <CommandContext value={store}>{children}</CommandContext>;
}

/** Offers commands while the component is on the page. Labels and keys decide what changed; `run` is always the newest. */
export function useCommands(commands: readonly Command[]): void {
  const store = use(CommandContext);
  const owner = useId();
  const newest = useRef(commands);
  useEffect(() => {
    newest.current = commands;
  });
  const shape = JSON.stringify(commands.map(({ run, ...rest }) => rest));
  useEffect(() => {
    const offered = (JSON.parse(shape) as Omit<Command, "run">[]).map((command) => ({
      ...command,
      run: () => newest.current.find(({ id }) => id === command.id)?.run(),
    }));
    return store?.add(owner, offered);
  }, [store, owner, shape]);
}

/** All commands on offer now. */
export function useAllCommands(): readonly Command[] {
  const store = use(CommandContext);
  return useSyncExternalStore(
    store?.subscribe ?? (() => () => {}),
    () => store?.read() ?? none,
    () => none,
  );
}
