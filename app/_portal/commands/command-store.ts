/** Something a person can do from the palette or a key: a place to go or a verb on what the page shows. */
export type Command = {
  id: string;
  label: string;
  group: string;
  /** One key, or two pressed after each other: `c`, `g e`. */
  keys?: string;
  description?: string;
  run: () => void;
};

export type CommandStore = {
  add: (owner: string, commands: readonly Command[]) => () => void;
  subscribe: (listener: () => void) => () => void;
  read: () => readonly Command[];
};

/** The commands of the moment: the shell's own and those of the page that is open. */
export function createCommandStore(): CommandStore {
  const byOwner = new Map<string, readonly Command[]>();
  const listeners = new Set<() => void>();
  let all: readonly Command[] = [];
  const publish = () => {
    all = [...byOwner.values()].flat();
    for (const listener of listeners) listener();
  };
  return {
    add(owner, commands) {
      byOwner.set(owner, commands);
      publish();
      return () => {
        byOwner.delete(owner);
        publish();
      };
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    read: () => all,
  };
}
