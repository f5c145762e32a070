import { PageHeader } from "#app/_ui/page-header.tsx";
import { Refused } from "#app/_ui/state/refused.tsx";

export default function NotFoundHere() {
  return (
    <>
      <PageHeader title="Not found" />
      <Refused title="There is no such thing here, or you may not see it">
        Check the address, or find it with Ctrl or ⌘ K. Somebody with a role in its space can tell you more.
      </Refused>
    </>
  );
}
