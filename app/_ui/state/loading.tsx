"use client";

import { Skeleton } from "@mantine/core";
import { useEffect, useState } from "react";
import styles from "./state.module.css";

/** Placeholder in the final geometry. Appears after 150 ms; after 3 s it names what is slow. */
export function Loading({ what, rows = 5, rowHeight = 36 }: { what: string; rows?: number; rowHeight?: number }) {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 3000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={styles.loading} aria-busy="true">
      <p role="status" className={styles.slow}>
        {slow ? `Still loading ${what}…` : ""}
      </p>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity.
        <Skeleton key={row} height={rowHeight - 8} mb={8} radius="sm" />
      ))}
    </div>
  );
}
