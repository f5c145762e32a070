import type { ReactNode } from "react";
import { CommandsProvider } from "#app/_portal/commands/commands-provider.tsx";
import { LiveProvider } from "#app/_portal/live/live-provider.tsx";
import { KeepSession } from "#app/_portal/session/keep-session.tsx";
import { KeepTimeZone } from "#app/_portal/session/keep-time-zone.tsx";
import { PlaceList } from "./place-list.tsx";
import styles from "./shell.module.css";
import { TopBar } from "./top-bar.tsx";

/** Rail, top bar and the page. */
export function Shell({ space, children }: { space: string; children: ReactNode }) {
  return (
    <LiveProvider space={space}>
      <KeepSession />
      <KeepTimeZone />
      <CommandsProvider>
        <a href="#main" className={styles.skip}>
          Skip to content
        </a>
        <div className={styles.shell}>
          <TopBar space={space} />
          <nav aria-label="Places" className={styles.rail}>
            <PlaceList space={space} />
          </nav>
          <main id="main" tabIndex={-1} className={styles.main}>
            <div className={styles.inner}>{children}</div>
          </main>
        </div>
      </CommandsProvider>
    </LiveProvider>
  );
}
