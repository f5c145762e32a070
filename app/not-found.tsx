import Link from "next/link";
import { Refused } from "#app/_ui/state/refused.tsx";
import styles from "./not-found.module.css";

export default function NotFound() {
  return (
    <main className={styles.page}>
      <Refused title="There is no page at this address">
        <Link href="/">Go to your space</Link>
      </Refused>
    </main>
  );
}
