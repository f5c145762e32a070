import Link from "next/link";
import { PageHeader } from "#app/_ui/page-header.tsx";
import { Refused } from "#app/_ui/state/refused.tsx";
import styles from "./unknown-space.module.css";

export function UnknownSpace({ slug, spaces }: { slug: string; spaces: readonly { slug: string; name: string }[] }) {
  return (
    <main className={styles.page}>
      <PageHeader title="No such space" />
      <Refused title={`There is no space "${slug}", or you have no role in it`}>
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
