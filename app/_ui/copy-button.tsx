"use client";

import { ActionIcon, Tooltip, VisuallyHidden } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";

/** Copies `value` and says what it copied, by sight and by voice. */
export function CopyButton({ value, what }: { value: string; what: string }) {
  const clipboard = useClipboard({ timeout: 2000 });
  const label = clipboard.copied ? `Copied ${what}` : `Copy ${what}`;
  return (
    <>
      <Tooltip label={label}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={24}
          aria-label={`Copy ${what}`}
          onClick={() => clipboard.copy(value)}
        >
          {clipboard.copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
        </ActionIcon>
      </Tooltip>
      <VisuallyHidden role="status">{clipboard.copied ? `Copied ${what}` : ""}</VisuallyHidden>
    </>
  );
}
