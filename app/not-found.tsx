import Link from "next/link";
import { PageHeader } from "#app/_ui/page-header.tsx";
import { Refused } from "#app/_ui/state/refused.tsx";
import styles from "./not-found.module.css";

export default function NotFound() {
  return (
    <main className={styles.page}>
      <PageHeader title="Not found" />
      <Refused title="There is no page at this address">
        <Link href="/">Go to your space</Link>
      </Refused>
    </main>
  );
}
