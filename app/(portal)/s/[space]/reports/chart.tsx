"use client";

import "@mantine/charts/styles.css";
import { BarChart, type BarChartProps } from "@mantine/charts";
import { dateInWords } from "#app/_ui/time/format-time.ts";

/** Days as people say them, on the axis and at the pointer. */
const days = {
  xAxisProps: { tickFormatter: (day: string) => dateInWords(day, true) },
  tooltipProps: { labelFormatter: (day: unknown) => (day ? dateInWords(String(day)) : "") },
};

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
      {...(props.dataKey === "day" && days)}
      {...props}
      barProps={{ isAnimationActive: false }}
    />
  );
}
