"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { environmentNumber } from "#app/_portal/environment-number.ts";
import { notifyProblem } from "#app/_portal/notify-problem.ts";
import { useTRPC, useTRPCClient } from "#app/_trpc/react.tsx";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import { suggestName } from "./suggest-name.ts";

type Wanted = { space: string; blueprint: string; copy: string };

/**
 * A link may fill a draft, never send it: `?blueprint=` and `?copy=` open one, and take up the untouched draft of an
 * earlier visit rather than leave another behind. Says whether one is being made.
 */
export function useStartedDraft({ space, blueprint, copy }: Wanted): boolean {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { change } = useUrlState();
  const asked = useRef("");
  const create = useMutation(
    trpc.draft.create.mutationOptions({
      onSuccess: (draft) => change({ draft: draft.id, blueprint: null, copy: null, ask: null }),
      onError: notifyProblem,
    }),
  );
  const { mutate } = create;
  useEffect(() => {
    const wish = `${blueprint}|${copy}`;
    if (wish === "|" || asked.current === wish) return;
    asked.current = wish;
    const number = environmentNumber(copy);
    const begin = async () => {
      if (number !== null) {
        const source = await client.environment.find.query({ space, number });
        const { blueprintName, inputs, durationMinutes, name } = source;
        return mutate({ space, changes: { blueprintName, inputs, durationMinutes, name } });
      }
      const open = await client.draft.list.query({ space });
      const name = suggestName(blueprint, new Date());
      const untouched = open.find(
        (draft) =>
          draft.blueprintName === blueprint &&
          draft.name === name &&
          draft.prompt === "" &&
          Object.keys(draft.inputs).length === 0,
      );
      if (untouched) change({ draft: untouched.id, blueprint: null, ask: null });
      else mutate({ space, changes: { blueprintName: blueprint, name } });
    };
    begin().catch(notifyProblem);
  }, [space, blueprint, copy, client, mutate, change]);
  return (blueprint !== "" || copy !== "") && !create.isError;
}
