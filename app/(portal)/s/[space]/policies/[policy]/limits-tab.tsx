"use client";

import { Button, Switch, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Refused } from "#app/_ui/state/refused.tsx";
import styles from "#app/(portal)/s/[space]/policies/policy.module.css";
import { LimitField } from "./limit-field.tsx";
import type { PolicyView } from "./policy-view.ts";
import { SettingHistory } from "./setting-history.tsx";

/** The limits of this space, edited with a reason; each change is a version and an audit event. */
export function LimitsTab({ policy }: { policy: PolicyView }) {
  const { path } = useSpace();
  return (
    <>
      <Section title="Limits in this space">
        {policy.dataFrom ? (
          <p>
            It reads the limits of <Link href={path(`policies/${policy.dataFrom}`)}>{policy.dataFrom}</Link>.
          </p>
        ) : null}
        {policy.canEdit ? (
          <LimitForm key={policy.setting.version} policy={policy} />
        ) : (
          <>
            <LimitFields policy={policy} values={policy.setting.data} />
            <Refused title="You may read these limits, not change them">
              A policy admin of this space can; every change is kept with its reason.
            </Refused>
          </>
        )}
      </Section>
      <SettingHistory policy={policy} />
    </>
  );
}

type FieldsProps = {
  policy: PolicyView;
  values: Record<string, unknown>;
  change?: ((name: string, value: unknown) => void) | undefined;
};

function LimitFields({ policy, values, change }: FieldsProps) {
  const fields = policy.dataFrom ? [] : Object.entries(policy.fields);
  if (fields.length === 0) return policy.dataFrom ? null : <p>It has no limits to set.</p>;
  return (
    <div className={styles.fields}>
      {fields.map(([name, field]) => (
        <LimitField
          key={name}
          name={name}
          field={field}
          value={values[name]}
          change={change ? (value) => change(name, value) : undefined}
        />
      ))}
    </div>
  );
}

function LimitForm({ policy }: { policy: PolicyView }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const space = useSpace();
  const [values, setValues] = useState(policy.setting.data);
  const [enabled, setEnabled] = useState(policy.setting.enabled);
  const [reason, setReason] = useState("");
  const save = useMutation(
    trpc.policy.change.mutationOptions({
      onSuccess: () => void queries.invalidateQueries(trpc.policy.pathFilter()),
    }),
  );
  const differs = enabled !== policy.setting.enabled || JSON.stringify(values) !== JSON.stringify(policy.setting.data);
  return (
    <form
      className={styles.fields}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({
          spaceId: space.id,
          policyName: policy.name,
          enabled,
          version: policy.setting.version,
          reason,
          ...(policy.dataFrom ? {} : { data: values }),
        });
      }}
    >
      <Switch
        label="Enabled in this space"
        description="Disabled, it is not asked at all."
        checked={enabled}
        onChange={(event) => setEnabled(event.currentTarget.checked)}
      />
      <LimitFields
        policy={policy}
        values={values}
        change={(name, value) => setValues((before) => ({ ...before, [name]: value }))}
      />
      <TextInput
        label="Reason for the change"
        description="Kept with the version and in the audit trail."
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        required
        minLength={3}
      />
      <ProblemNotice error={save.error} title="Not changed" />
      <div>
        <Button type="submit" loading={save.isPending} disabled={!differs || reason.trim().length < 3}>
          Save as version {policy.setting.version + 1}
        </Button>
      </div>
    </form>
  );
}
