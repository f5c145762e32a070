import { ColorSchemeScript, mantineHtmlProps } from "@mantine/core";
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { TimeZoneProvider } from "#app/_ui/time/time-zone.tsx";
import "./_ui/theme/styles.ts";
import { ThemeProvider } from "#app/_ui/theme/theme-provider.tsx";

export const metadata: Metadata = {
  title: { default: "Gantry", template: "%s · Gantry" },
  description: "Self-service environments from reviewed blueprints, through one policy gate.",
};

export const viewport: Viewport = { width: "device-width", initialScale: 1 };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const zone = (await cookies()).get("gantry-zone")?.value;
  return (
    <html lang="en" {...mantineHtmlProps}>
      <head>
        <ColorSchemeScript defaultColorScheme="auto" />
      </head>
      <body>
        <ThemeProvider>
          <TimeZoneProvider initial={zone}>{children}</TimeZoneProvider>
        </ThemeProvider>
      </body>
    </html>
  );
}
