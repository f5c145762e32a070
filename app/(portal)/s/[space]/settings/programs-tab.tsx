"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Facts } from "#app/_ui/facts.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Notice } from "#app/_ui/state/notice.tsx";

const grains = { terraform: "Terraform grains", opentofu: "OpenTofu grains" } as const;

/** What this host has to run grains with, and what to install or correct where something is missing. */
export function ProgramsTab() {
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.settings.programs.queryOptions());
  const { terraform, opentofu, cliConfig } = data;
  return (
    <Section title="Programs of this host">
      {terraform.problem ? (
        <Notice tone="warning" title="Terraform grains can't run for real here">
          {terraform.problem} Everything else works without it: plans from the files, estimates, policies, and launches
          on the simulator.
        </Notice>
      ) : null}
      {cliConfig.problem ? (
        <Notice tone="warning" title="Terraform's settings are missing">
          {cliConfig.problem} Correct the variable or take it out, and restart Gantry.
        </Notice>
      ) : null}
      <Facts
        items={[
          ...[terraform, opentofu].map(({ kind, path, version, problem }) => ({
            name: grains[kind],
            value: path ? (
              <>
                <code>{path}</code> {version}
              </>
            ) : (
              "none found"
            ),
            ...(problem && kind === "opentofu" && { hint: problem }),
          })),
          {
            name: "Settings of the command line",
            value: cliConfig.file ? <code>{cliConfig.file}</code> : "Terraform's own",
          },
        ]}
      />
    </Section>
  );
}
