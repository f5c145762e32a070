import Link from "next/link";
import type { WhereItRuns } from "#server/blueprint/catalog/where-it-runs.ts";
import { cloudWords } from "./cloud-words.ts";

/** Where a launch would run: for real, and with which connection, or in the simulator, and for want of what. */
export function RunsOn({ place, space }: { place: WhereItRuns; space: string }) {
  const settings = `/s/${space}/settings?tab=connections`;
  if (place.connection)
    return (
      <>
        For real, with the connection <Link href={settings}>{place.connection}</Link>
      </>
    );
  if (place.agent === "local") return "This host";
  if (!place.missesConnectionTo) return "Simulator: nothing real is made";
  return (
    <>
      Simulator, until <Link href={settings}>{cloudWords[place.missesConnectionTo]} is connected</Link>
    </>
  );
}
