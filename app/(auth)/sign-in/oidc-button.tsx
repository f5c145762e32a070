"use client";

import { Button } from "@mantine/core";
import { signIn } from "next-auth/react";

export function OidcButton({ name, target }: { name: string; target: string }) {
  return (
    <Button variant="default" fullWidth onClick={() => void signIn("oidc", { callbackUrl: target })}>
      Sign in with {name}
    </Button>
  );
}
