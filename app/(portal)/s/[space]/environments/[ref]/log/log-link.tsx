"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

export function LogLink({ run, children }: { run: string; children: ReactNode }) {
  const pathname = usePathname();
  return <Link href={`${pathname}?tab=log&run=${run}`}>{children}</Link>;
}
