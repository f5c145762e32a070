import Link from "next/link";
import styles from "./verdict.module.css";

export function PolicyLink(props: { space: string; policy: string; title: string; grain?: string | undefined }) {
  return (
    <span>
      <Link href={`/s/${props.space}/policies/${props.policy}`}>{props.title}</Link>
      {props.grain ? <span className={styles.grain}>plan of {props.grain}</span> : null}
    </span>
  );
}
