import Link from "next/link";
import { Notice } from "#app/_ui/state/notice.tsx";

/** A draft that can no longer be edited: it was sent, here or on another device, or thrown away. */
export function SentDraft({ space, state }: { space: string; state: "submitted" | "discarded" }) {
  return (
    <Notice tone="idle" title={state === "submitted" ? "This draft was launched" : "This draft was discarded"}>
      <Link href={`/s/${space}/environments?owner=me`}>See your environments</Link> or{" "}
      <Link href={`/s/${space}/launch`}>start another</Link>.
    </Notice>
  );
}
