"use client";

import { useEffect } from "react";
import type { CommandStore } from "./command-store.ts";
import { createKeySequence } from "./key-sequence.ts";
import { shortcutsEnabled } from "./use-shortcuts-enabled.ts";

/** Runs commands by their keys; not in fields, not under a dialog, not with a modifier, and not when switched off. */
export function useShortcutKeys(store: CommandStore): void {
  useEffect(() => {
    const press = createKeySequence();
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isTyping(event.target) || document.querySelector("[role=dialog]") || !shortcutsEnabled()) return;
      if (moveBetweenRows(event.key)) return;
      const { run, pending } = press(event.key, event.timeStamp, store.read());
      if (run || pending) event.preventDefault();
      run?.run();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [store]);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}

/** j and k walk the links of the first table's rows; Enter then follows the link by itself. */
function moveBetweenRows(key: string): boolean {
  if (key !== "j" && key !== "k") return false;
  const links = [...document.querySelectorAll<HTMLElement>("[data-row]")]
    .map((row) => row.querySelector<HTMLElement>("a, button"))
    .filter((link) => link !== null);
  if (links.length === 0) return false;
  const at = links.findIndex((link) => link.closest("[data-row]")?.contains(document.activeElement));
  const next = key === "j" ? Math.min(at + 1, links.length - 1) : Math.max(at - 1, 0);
  links[next]?.focus();
  return true;
}
