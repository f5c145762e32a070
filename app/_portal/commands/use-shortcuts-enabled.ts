"use client";

import { useSyncExternalStore } from "react";

const key = "gantry-shortcuts";
const listeners = new Set<() => void>();

export function shortcutsEnabled(): boolean {
  return window.localStorage.getItem(key) !== "off";
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether single-key shortcuts are on in this browser, and the switch for it. */
export function useShortcutsEnabled(): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(subscribe, shortcutsEnabled, () => true);
  const change = (wanted: boolean) => {
    window.localStorage.setItem(key, wanted ? "on" : "off");
    for (const listener of listeners) listener();
  };
  return [on, change];
}
