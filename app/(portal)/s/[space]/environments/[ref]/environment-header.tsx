"use client";

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconExternalLink } from "@tabler/icons-react";
import { useCommands } from "#app/_portal/commands/commands-provider.tsx";
import { EnvironmentStateBadge, environmentStateLook } from "#app/_portal/environment-state-badge.tsx";
import { Money } from "#app/_portal/money.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { SimulatedBadge } from "#app/_portal/simulated-badge.tsx";
import { openEnd } from "#app/_portal/stored.ts";
import { CopyCode } from "#app/_ui/copy-code.tsx";
import { PageHeader } from "#app/_ui/page-header.tsx";
import { minutesInWords } from "#app/_ui/time/format-time.ts";
import { Moment } from "#app/_ui/time/moment.tsx";
import styles from "./environment-header.module.css";
import { EnvironmentMenu } from "./environment-menu.tsx";
import { ExtendDialog } from "./extend-dialog.tsx";
import type { EnvironmentView } from "./step-view.ts";
import { TerminateDialog } from "./terminate-dialog.tsx";

/** Which one, in what state, until when, at what cost, and what can be done now. */
export function EnvironmentHeader({ environment }: { environment: EnvironmentView }) {
  const { path } = useSpace();
  const [extending, extend] = useDisclosure(false);
  const [terminating, terminate] = useDisclosure(false);
  const { ref } = environment;
  const open = environment.outputs.find((output) => output.kind === "link" && !output.sensitive);
  useCommands([
    ...(environment.can.extend
      ? [{ id: "extend", label: `Extend ${ref}…`, group: "This environment", keys: "e", run: extend.open }]
      : []),
    ...(environment.can.terminate
      ? [{ id: "terminate", label: `Terminate ${ref}…`, group: "This environment", run: terminate.open }]
      : []),
  ]);
  return (
    <>
      <title>{`${environmentStateLook[environment.state].word}: ${environment.name} · Gantry`}</title>
      <PageHeader
        title={environment.name}
        crumbs={[{ label: "Environments", href: path("environments") }]}
        beside={
          <>
            <CopyCode shown={ref} what="environment id" />
            <EnvironmentStateBadge state={environment.state} />
            {environment.simulated ? <SimulatedBadge /> : null}
          </>
        }
        lead={
          <span className={styles.lead}>
            <span>{environment.ownerName ?? "owner unknown"}</span>
            <Ends environment={environment} />
            <span>
              <Money amount={environment.costSoFar} period="so far" /> ·{" "}
              <Money amount={environment.monthlyEstimate} upper={openEnd(environment.estimate)} period="month" />
            </span>
          </span>
        }
        actions={
          <>
            {open && environment.state === "active" ? (
              <Button
                component="a"
                href={open.value}
                target="_blank"
                rel="noreferrer"
                rightSection={<IconExternalLink size={14} aria-label="opens in a new tab" />}
              >
                Open {open.name}
              </Button>
            ) : null}
            {environment.can.extend ? (
              <Button variant="default" onClick={extend.open}>
                Extend…
              </Button>
            ) : null}
            <EnvironmentMenu environment={environment} terminate={terminate.open} />
          </>
        }
      />
      {extending ? <ExtendDialog environment={environment} close={extend.close} /> : null}
      {terminating ? <TerminateDialog environment={environment} close={terminate.close} /> : null}
    </>
  );
}

function Ends({ environment }: { environment: EnvironmentView }) {
  if (environment.endedAt)
    return (
      <span>
        ended <Moment at={environment.endedAt} relative />
      </span>
    );
  if (environment.endsAt)
    return (
      <span>
        ends <Moment at={environment.endsAt} relative />
      </span>
    );
  if (environment.durationMinutes === null) return <span>no end</span>;
  const length = minutesInWords(environment.durationMinutes);
  if (environment.state === "awaiting_approval") return <span>{length} once approved</span>;
  return <span>asked for {length}</span>;
}
