import { notFound } from "next/navigation";

/** An address that no page has: the space's own "not found", inside the portal's frame. */
export default function UnknownPage() {
  notFound();
}
