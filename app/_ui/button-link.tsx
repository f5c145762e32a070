"use client";

import { Button, type ButtonProps } from "@mantine/core";
import Link from "next/link";
import type { ReactNode } from "react";

/** A link that looks like a button; server components use it, since they cannot hand a component to one. */
export function ButtonLink(props: ButtonProps & { href: string; children: ReactNode }) {
  return <Button component={Link} {...props} />;
}
