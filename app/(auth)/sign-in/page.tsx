import { Divider, Title } from "@mantine/core";
import type { Metadata } from "next";
import { Brand } from "#app/_portal/shell/brand.tsx";
import { getQueryClient, trpc } from "#app/_trpc/server.tsx";
import styles from "#app/(auth)/auth.module.css";
import { DemoAccounts } from "./demo-accounts.tsx";
import { OidcButton } from "./oidc-button.tsx";
import { safeTarget } from "./safe-target.ts";
import { SignInForm } from "./sign-in-form.tsx";

export const metadata: Metadata = { title: "Sign in" };
export const dynamic = "force-dynamic";

export default async function SignInPage(props: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { to, callbackUrl, error } = await props.searchParams;
  const target = safeTarget(to ?? callbackUrl);
  const options = await getQueryClient().fetchQuery(trpc.me.signInOptions.queryOptions());
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <div className={styles.brand}>
          <Brand />
        </div>
        <Title order={1} size="h2">
          Sign in
        </Title>
        <p className={styles.lead}>Environments from reviewed blueprints, through one policy gate.</p>
        <SignInForm target={target} failed={typeof error === "string" ? error : undefined} />
        {options.oidc ? (
          <>
            <Divider label="or" className={styles.or ?? ""} />
            <OidcButton name={options.oidc.name} target={target} />
          </>
        ) : null}
        {options.demoAccounts.length > 0 ? <DemoAccounts accounts={options.demoAccounts} target={target} /> : null}
      </div>
    </main>
  );
}
