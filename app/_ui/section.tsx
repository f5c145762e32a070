import { Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import styles from "./section.module.css";

/** A titled part of a page. `plain` drops the frame where the content brings its own. */
export function Section(props: {
  title: string;
  note?: ReactNode;
  actions?: ReactNode;
  plain?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.section}>
      <div className={styles.head}>
        <Title order={2} size="h3" id={id}>
          {props.title}
        </Title>
        {props.note ? <div className={styles.note}>{props.note}</div> : null}
        {props.actions ? <div className={styles.actions}>{props.actions}</div> : null}
      </div>
      <div className={props.plain ? undefined : styles.body}>{props.children}</div>
    </section>
  );
}
