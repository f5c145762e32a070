import { Title } from "@mantine/core";
import type { Metadata } from "next";
import { Brand } from "#app/_portal/shell/brand.tsx";
import { ApiProvider } from "#app/_trpc/react.tsx";
import { getQueryClient, trpc } from "#app/_trpc/server.tsx";
import { Refused } from "#app/_ui/state/refused.tsx";
import styles from "#app/(auth)/auth.module.css";
import { SetupForm } from "./setup-form.tsx";

export const metadata: Metadata = { title: "Set up" };
export const dynamic = "force-dynamic";

export default async function SetupPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const { usable } = await getQueryClient().fetchQuery(trpc.me.findSetup.queryOptions({ token }));
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <div className={styles.brand}>
          <Brand />
        </div>
        <Title order={1} size="h2">
          Set up Gantry
        </Title>
        {usable ? (
          <ApiProvider>
            <p className={styles.lead}>You become the first administrator, of a first space.</p>
            <SetupForm token={token} />
          </ApiProvider>
        ) : (
          <Refused title="This set-up link cannot be used">
            It was used already, or it is too old. Restart the portal to have a new one printed; when an administrator
            exists, sign in instead.
          </Refused>
        )}
      </div>
    </main>
  );
}
