import { Refused } from "#app/_ui/state/refused.tsx";

export default function NotFoundHere() {
  return (
    <Refused title="There is no such thing here, or you may not see it">
      Check the address, or find it with Ctrl or ⌘ K. Somebody with a role in its space can tell you more.
    </Refused>
  );
}
