"use client";

import { Button } from "@mantine/core";
import Link from "next/link";
import { BlueprintIcon } from "#app/_portal/blueprint-icon.tsx";
import { ReadyTime } from "#app/_portal/ready-time.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { SimulatedBadge } from "#app/_portal/simulated-badge.tsx";
import type { Outputs } from "#app/_trpc/outputs.ts";
import styles from "./catalog.module.css";
import { ReviewRibbon } from "./review-ribbon.tsx";
import { StarButton } from "./star-button.tsx";
import { TypicalCost } from "./typical-cost.tsx";
import { whyBlocked } from "./why-blocked.ts";

export type CatalogItem = Outputs["catalog"]["list"]["items"][number];

/** One line of the catalog: what it is, whose, what it costs, how long it takes, and whether it can be trusted. */
export function CatalogCard({ item }: { item: CatalogItem }) {
  const { path, can } = useSpace();
  const blocked = whyBlocked(item);
  return (
    <article className={styles.card}>
      <BlueprintIcon name={item.icon} size={28} />
      <div className={styles.body}>
        <h2 className={styles.title}>
          <Link href={path(`catalog/${item.blueprintName}`)}>{item.title}</Link>
          {item.agent === "simulator" ? <SimulatedBadge /> : null}
          <ReviewRibbon item={item} />
        </h2>
        <p className={styles.description}>{item.description}</p>
        <p className={styles.meta}>
          <span>{item.owner.team}</span>
          <TypicalCost item={item} />
          <ReadyTime usual={item.timeToReady} launches={item.launches} />
        </p>
        {blocked ? <p className={styles.blocked}>Cannot be launched here: {blocked}</p> : null}
      </div>
      <div className={styles.actions}>
        <StarButton blueprint={item.blueprintName} title={item.title} starred={item.isStarred} />
        {can("environment.launch") && !blocked ? (
          <Button
            component={Link}
            href={path(`launch?blueprint=${item.blueprintName}`)}
            size="xs"
            variant="default"
            aria-label={`Launch ${item.title}`}
          >
            Launch
          </Button>
        ) : null}
      </div>
    </article>
  );
}
