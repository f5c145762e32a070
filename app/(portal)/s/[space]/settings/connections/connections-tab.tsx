"use client";

import { Button } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Empty } from "#app/_ui/state/empty.tsx";
import { ConnectionDialog } from "./connection-dialog.tsx";
import { ConnectionTable } from "./connection-table.tsx";
import type { Connection } from "./connection-words.ts";
import { RemoveDialog } from "./remove-dialog.tsx";

type Open = { what: "add" } | { what: "replace" | "remove"; connection: Connection } | null;

/** The clouds this space launches into for real. */
export function ConnectionsTab({ space }: { space: string }) {
  const trpc = useTRPC();
  const { can } = useSpace();
  const { data } = useSuspenseQuery(trpc.connection.list.queryOptions({ space }));
  const [open, setOpen] = useState<Open>(null);
  const editable = can("secret.edit");
  const close = () => setOpen(null);
  const add = editable ? <Button onClick={() => setOpen({ what: "add" })}>Add a connection…</Button> : null;
  const acts = editable
    ? {
        replace: (connection: Connection) => setOpen({ what: "replace", connection }),
        remove: (connection: Connection) => setOpen({ what: "remove", connection }),
      }
    : null;
  return (
    <>
      {data.length === 0 ? (
        <Empty title="No cloud is connected" action={add}>
          Blueprints for AWS, Azure and Google Cloud are simulated here until one is.
          {editable ? "" : " An admin of the space can connect one."}
        </Empty>
      ) : (
        <Section title="Cloud connections" actions={add} plain>
          <p>
            Launches for a cloud run with the connection that serves them, and are simulated where none does.
            Credentials are stored encrypted, given to the step that needs them, and shown to nobody.
            {editable ? "" : " An admin of the space can change them."}
          </p>
          <ConnectionTable rows={data} acts={acts} />
        </Section>
      )}
      {open?.what === "add" ? <ConnectionDialog space={space} replaced={null} close={close} /> : null}
      {open?.what === "replace" ? <ConnectionDialog space={space} replaced={open.connection} close={close} /> : null}
      {open?.what === "remove" ? <RemoveDialog space={space} connection={open.connection} close={close} /> : null}
    </>
  );
}
