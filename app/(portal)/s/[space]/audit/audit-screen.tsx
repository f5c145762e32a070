"use client";

import { useSpace } from "#app/_portal/session/use-space.ts";
import { Refused } from "#app/_ui/state/refused.tsx";
import { AuditList } from "./audit-list.tsx";
import { ChainStrip } from "./chain-strip.tsx";
import { EventDrawer } from "./event-drawer.tsx";

export function AuditScreen() {
  const { can, id } = useSpace();
  if (!can("audit.read"))
    return (
      <Refused title="You may not read the audit trail of this space">
        The role auditor or admin may. Ask an admin of the space for it.
      </Refused>
    );
  return (
    <>
      <ChainStrip />
      <AuditList spaceId={id} />
      <EventDrawer />
    </>
  );
}
