"use client";

import "@mantine/charts/styles.css";
import { BarChart, type BarChartProps } from "@mantine/charts";

/** Zero-based bars; the table under it holds the same figures. */
export default function Chart(props: BarChartProps) {
  return (
    <BarChart h={260} withLegend gridAxis="x" mb="md" tickLine="y" {...props} barProps={{ isAnimationActive: false }} />
  );
}
