"use client";

import { Button } from "@mantine/core";
import { IconAlertOctagon } from "@tabler/icons-react";
import { CopyButton } from "#app/_ui/copy-button.tsx";
import styles from "./state.module.css";

/** What failed, what to do, retry, and a reference to quote. Never a blank panel. */
export function Failure(props: {
  what: string;
  message: string;
  remedy?: string | undefined;
  reference?: string | undefined;
  retry?: (() => void) | undefined;
}) {
  return (
    <div className={styles.panel} data-tone="failed" role="alert">
      <p className={styles.title}>
        <IconAlertOctagon size={16} aria-hidden /> {props.what} could not be shown
      </p>
      <div className={styles.text}>
        {props.message}
        {props.remedy ? ` ${props.remedy}` : ""}
      </div>
      <div className={styles.action}>
        {props.retry ? (
          <Button variant="default" size="xs" onClick={props.retry}>
            Try again
          </Button>
        ) : null}
        {props.reference ? (
          <span className={styles.reference}>
            Reference <code>{props.reference}</code>
            <CopyButton value={props.reference} what="reference" />
          </span>
        ) : null}
      </div>
    </div>
  );
}
