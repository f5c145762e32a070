import { redirect } from "next/navigation";
import { getQueryClient, trpc } from "#app/_trpc/server.tsx";
import { PageHeader } from "#app/_ui/page-header.tsx";
import { Refused } from "#app/_ui/state/refused.tsx";

export const dynamic = "force-dynamic";

export default async function EntryPage() {
  const me = await getQueryClient()
    .fetchQuery(trpc.me.find.queryOptions())
    .catch(() => null);
  if (!me) redirect("/sign-in");
  const first = me.spaces[0];
  if (first) redirect(`/s/${first.slug}`);
  return (
    <main>
      <PageHeader title="Gantry" />
      <Refused title="You have no role in any space yet">Ask an administrator of your team's space to add you.</Refused>
    </main>
  );
}
