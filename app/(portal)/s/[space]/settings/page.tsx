import type { Metadata } from "next";
import { DataBoundary } from "#app/_portal/data-boundary.tsx";
import { Hydrate, prefetch, trpc } from "#app/_trpc/server.tsx";
import { PageHeader } from "#app/_ui/page-header.tsx";
import { SettingsScreen } from "./settings-screen.tsx";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage({ params }: { params: Promise<{ space: string }> }) {
  const { space } = await params;
  prefetch(
    trpc.space.find.queryOptions({ space }),
    trpc.space.members.queryOptions({ space }),
    trpc.connection.list.queryOptions({ space }),
    trpc.policy.list.queryOptions({ space }),
    trpc.assistant.status.queryOptions({ space }),
    trpc.settings.demo.queryOptions(),
    trpc.settings.programs.queryOptions(),
  );
  return (
    <Hydrate>
      <PageHeader title="Settings" />
      <DataBoundary what="settings">
        <SettingsScreen space={space} />
      </DataBoundary>
    </Hydrate>
  );
}
