"use client";

import { Button, Checkbox } from "@mantine/core";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Notice } from "#app/_ui/state/notice.tsx";

/** The demo can be switched off, not on again. */
export function DemoSwitch() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { data } = useSuspenseQuery(trpc.settings.demo.queryOptions());
  const [sure, setSure] = useState(false);
  const off = useMutation(
    trpc.settings.switchOffDemo.mutationOptions({
      onSuccess: () => void queries.invalidateQueries(trpc.settings.pathFilter()),
    }),
  );
  return (
    <Section title="Demo">
      {data.isOn ? (
        <Notice tone="warning" title="The demo is on">
          Anybody who reaches this portal can sign in with the demo accounts, without a password.
        </Notice>
      ) : (
        <p>The demo is off: its accounts are disabled.</p>
      )}
      <ProblemNotice error={off.error} title="Not switched off" />
      {data.isOn && data.canSwitchOff ? (
        <>
          <Checkbox
            mb="sm"
            label="I can still sign in without the demo accounts"
            checked={sure}
            onChange={(event) => setSure(event.currentTarget.checked)}
          />
          <Button color="danger" disabled={!sure} loading={off.isPending} onClick={() => off.mutate()}>
            Switch the demo off, for good
          </Button>
        </>
      ) : null}
      {data.isOn && !data.canSwitchOff ? <p>An account admin can switch it off.</p> : null}
    </Section>
  );
}
