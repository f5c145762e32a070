import Link from "next/link";
import { getQueryClient, trpc } from "#app/_trpc/server.tsx";
import { PageHeader } from "#app/_ui/page-header.tsx";
import { Refused } from "#app/_ui/state/refused.tsx";
import styles from "./not-found.module.css";

/** A space that does not exist, or in which the reader has no role: the ones he has. */
export default async function UnknownSpace() {
  const me = await getQueryClient()
    .fetchQuery(trpc.me.find.queryOptions())
    .catch(() => null);
  const spaces = me?.spaces ?? [];
  return (
    <main className={styles.page}>
      <PageHeader title="No such space" />
      <Refused title="There is no such space, or you have no role in it">
        {spaces.length === 0 ? (
          <p>You have no role in any space yet. Ask an administrator of your team's space to add you.</p>
        ) : (
          <ul>
            {spaces.map((space) => (
              <li key={space.slug}>
                <Link href={`/s/${space.slug}`}>Go to {space.name}</Link>
              </li>
            ))}
          </ul>
        )}
      </Refused>
    </main>
  );
}
