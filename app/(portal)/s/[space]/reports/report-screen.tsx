"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { UrlTabs } from "#app/_ui/url-tabs.tsx";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import { CostReport } from "./cost-report.tsx";
import { LaunchReport } from "./launch-report.tsx";
import { ReadyReport } from "./ready-report.tsx";
import { periods, reportPeriod } from "./report-period.ts";
import styles from "./reports.module.css";

export function ReportScreen() {
  const { slug, timeZone } = useSpace();
  const { params, change } = useUrlState();
  const [now] = useState(() => new Date());
  const period = reportPeriod(params, now, timeZone);
  const question = { space: slug, from: period.from, to: period.to };
  return (
    <>
      <div className={styles.tools}>
        <NativeSelect
          label="Period"
          value={period.name}
          onChange={(event) => change({ period: event.currentTarget.value, from: null, to: null })}
          data={[...periods, ...(period.name === "own" ? [{ value: "own", label: "From and to" }] : [])]}
        />
        <TextInput
          label="From"
          type="date"
          value={period.fromDay}
          max={period.toDay}
          onChange={(event) => change({ from: event.currentTarget.value, to: period.toDay, period: null })}
        />
        <TextInput
          label="To, included"
          type="date"
          value={period.toDay}
          min={period.fromDay}
          onChange={(event) => change({ to: event.currentTarget.value, from: period.fromDay, period: null })}
        />
        <span className={styles.hint}>Days in {timeZone}, the zone of this space</span>
      </div>
      <UrlTabs
        name="report"
        tabs={[
          { value: "launches", label: "Launches and outcomes", panel: <LaunchReport question={question} /> },
          { value: "ready", label: "Time to ready", panel: <ReadyReport question={question} /> },
          { value: "cost", label: "Cost", panel: <CostReport question={question} /> },
        ]}
      />
    </>
  );
}
