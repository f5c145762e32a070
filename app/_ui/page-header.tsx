import { Title } from "@mantine/core";
import Link from "next/link";
import type { ReactNode } from "react";
import styles from "./page-header.module.css";

export type Crumb = { label: string; href: string };

/** Breadcrumb, title with what belongs to it, one sentence, and at most two primary actions. */
export function PageHeader(props: {
  title: string;
  crumbs?: Crumb[];
  beside?: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className={styles.header}>
      {props.crumbs && props.crumbs.length > 0 ? (
        <nav aria-label="Breadcrumb" className={styles.crumbs}>
          {props.crumbs.map((crumb, at) => (
            <span key={crumb.href}>
              {at > 0 ? <span aria-hidden> / </span> : null}
              <Link href={crumb.href}>{crumb.label}</Link>
            </span>
          ))}
        </nav>
      ) : null}
      <div className={styles.line}>
        <div className={styles.heading}>
          <Title order={1}>{props.title}</Title>
          {props.beside}
        </div>
        {props.actions ? <div className={styles.actions}>{props.actions}</div> : null}
      </div>
      {props.lead ? <div className={styles.lead}>{props.lead}</div> : null}
    </header>
  );
}
