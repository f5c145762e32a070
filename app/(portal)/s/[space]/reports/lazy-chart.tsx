"use client";

import dynamic from "next/dynamic";
import styles from "./reports.module.css";

/** Charts are large and come after the table's figures. */
export const LazyChart = dynamic(() => import("./chart.tsx"), {
  ssr: false,
  loading: () => <div className={styles.chart} aria-busy />,
});
