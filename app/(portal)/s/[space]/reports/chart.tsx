"use client";

import "@mantine/charts/styles.css";
import { BarChart, type BarChartProps } from "@mantine/charts";

/** Zero-based bars; the table under it holds the same figures. With `counts` the scale has whole numbers alone. */
export default function Chart({ counts = false, ...props }: BarChartProps & { counts?: boolean }) {
  return (
    <BarChart
      h={260}
      withLegend
      gridAxis="x"
      mb="md"
      tickLine="y"
      yAxisProps={{ allowDecimals: !counts }}
      {...props}
      barProps={{ isAnimationActive: false }}
    />
  );
}
