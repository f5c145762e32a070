"use client";

import { Button, Chip, Group, Modal, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { decisionLook } from "#app/_portal/decision-badge.tsx";
import { DecisionBanner } from "#app/_portal/decision-banner.tsx";
import { Money } from "#app/_portal/money.tsx";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useIdempotencyKey } from "#app/_portal/use-idempotency-key.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { fromLocalInput, toLocalInput } from "#app/_ui/time/local-input.ts";
import { Moment } from "#app/_ui/time/moment.tsx";
import { useTimeZone } from "#app/_ui/time/time-zone.tsx";
import { extendChoices } from "./extend-choices.ts";
import type { EnvironmentView } from "./step-view.ts";

function addedCost(environment: EnvironmentView, until: Date | null): number | null {
  if (!until || !environment.endsAt || environment.hourlyCost === null) return null;
  return (Number(environment.hourlyCost) * (until.getTime() - environment.endsAt.getTime())) / 3_600_000;
}

/** A later end: its clock time, what it adds to the cost, and what the policies say, all before the click. */
export function ExtendDialog({ environment, close }: { environment: EnvironmentView; close: () => void }) {
  const trpc = useTRPC();
  const zone = useTimeZone();
  const key = useIdempotencyKey();
  const [opened] = useState(() => new Date());
  const choices = extendChoices(environment.endsAt ?? opened, opened, zone);
  const [until, setUntil] = useState<Date | null>(choices[0]?.until ?? null);
  const valid = until !== null && until > (environment.endsAt ?? opened);
  const preview = useQuery(
    trpc.environment.previewExtension.queryOptions(
      { environmentId: environment.id, endsAt: until ?? opened },
      { enabled: valid },
    ),
  );
  const extend = useMutation(trpc.environment.extend.mutationOptions({ onSuccess: close }));
  const decision = preview.data;
  const denied = decision?.word === "Denied";
  const label = decision?.word === "Manual" ? "Request approval" : denied ? "Cannot extend" : "Extend";
  return (
    <Modal opened onClose={close} title={`Extend ${environment.name}`} size="lg">
      <p>
        Ends now: <Moment at={environment.endsAt} relative />
      </p>
      <Chip.Group value={until ? String(until.getTime()) : ""} onChange={(value) => setUntil(new Date(Number(value)))}>
        <Group gap="xs">
          {choices.map((choice) => (
            <Chip key={choice.label} value={String(choice.until.getTime())}>
              {choice.label}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <TextInput
        mt="md"
        type="datetime-local"
        label="Until"
        description={`Clock time in ${zone}`}
        value={until ? toLocalInput(until, zone) : ""}
        onChange={(event) => setUntil(fromLocalInput(event.currentTarget.value, zone))}
        error={until && !valid ? "Choose a time after the present end." : undefined}
        mb="md"
      />
      <ProblemNotice error={preview.error ?? extend.error} title="Not extended" />
      {decision ? (
        <>
          <p>
            New end: <Moment at={until} relative />. Adds about <Money amount={addedCost(environment, until)} />.
          </p>
          <DecisionBanner word={decision.word} sentence={decision.sentence} warnings={decision.warnings} live />
        </>
      ) : null}
      <Group mt="md" justify="flex-end">
        <Button variant="default" onClick={close}>
          Leave as it is
        </Button>
        <Button
          disabled={!valid || !decision || denied}
          loading={extend.isPending}
          aria-label={decision ? `${label}: ${decisionLook[decision.word].word}` : label}
          onClick={() => until && extend.mutate({ environmentId: environment.id, endsAt: until, idempotencyKey: key })}
        >
          {label}
        </Button>
      </Group>
    </Modal>
  );
}
