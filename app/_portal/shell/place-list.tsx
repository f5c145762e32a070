"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { places } from "./places.ts";
import styles from "./shell.module.css";

/** The places a person may go, with the number of approvals that wait for this very person. */
export function PlaceList({ space, onGo }: { space: string; onGo?: () => void }) {
  const trpc = useTRPC();
  const pathname = usePathname();
  const { can } = useSpace();
  const waiting = useQuery(trpc.approval.count.queryOptions({ space })).data?.forMe ?? 0;
  return (
    <ul>
      {places
        .filter((place) => can(place.needs))
        .map(({ path, label, icon: Icon }) => {
          const href = `/s/${space}/${path}`;
          const here = pathname === href || pathname.startsWith(`${href}/`);
          return (
            <li key={path}>
              <Link
                href={href}
                className={styles.place}
                aria-current={here ? "page" : undefined}
                title={label}
                {...(onGo ? { onClick: onGo } : {})}
              >
                <Icon size={18} stroke={1.75} aria-hidden />
                <span className={styles.label}>{label}</span>
                {path === "approvals" && waiting > 0 ? (
                  <span className={styles.count} data-tone="approval">
                    {waiting}
                    <span className="g-hidden"> waiting for you</span>
                  </span>
                ) : null}
              </Link>
            </li>
          );
        })}
    </ul>
  );
}
