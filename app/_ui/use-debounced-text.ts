"use client";

import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";

/** Text of a field that is told onwards a moment after typing stops; outside changes are taken over. */
export function useDebouncedText(outside: string, tell: (text: string) => void, afterMs = 250) {
  const [state, setState] = useState({ text: outside, seen: outside });
  if (outside !== state.seen) setState({ text: outside === state.text.trim() ? state.text : outside, seen: outside });
  const tellLater = useDebouncedCallback(tell, afterMs);
  const change = (text: string) => {
    setState((now) => ({ ...now, text }));
    tellLater(text.trim());
  };
  return [state.text, change] as const;
}
