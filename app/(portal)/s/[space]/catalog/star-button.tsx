"use client";

import { ActionIcon, Tooltip } from "@mantine/core";
import { IconStar, IconStarFilled } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { notifyProblem } from "#app/_portal/notify-problem.ts";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { useTRPC } from "#app/_trpc/react.tsx";

/** Stars sort first for the one who set them; shown at once, taken back when the server refuses. */
export function StarButton({ blueprint, title, starred }: { blueprint: string; title: string; starred: boolean }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { slug } = useSpace();
  const [wanted, setWanted] = useState(starred);
  const star = useMutation(
    trpc.catalog.star.mutationOptions({
      onError: (error) => {
        setWanted(starred);
        notifyProblem(error);
      },
      onSuccess: () => void queries.invalidateQueries(trpc.catalog.pathFilter()),
    }),
  );
  const label = wanted ? `Remove the star of ${title}` : `Star ${title}`;
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={30}
        aria-label={label}
        aria-pressed={wanted}
        onClick={() => {
          setWanted(!wanted);
          star.mutate({ space: slug, blueprint, starred: !wanted });
        }}
      >
        {wanted ? <IconStarFilled size={16} aria-hidden /> : <IconStar size={16} aria-hidden />}
      </ActionIcon>
    </Tooltip>
  );
}
