"use client";

import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { shownProblem } from "#app/_portal/problem.ts";
import type { Outputs } from "#app/_trpc/outputs.ts";
import { useTRPC, useTRPCClient } from "#app/_trpc/react.tsx";
import { type DraftEdit, mergeEdits, withEdits } from "./draft-edits.ts";

export type Draft = Outputs["draft"]["find"];
export type Saving = "saved" | "saving" | { failed: string };

const waitMs = 500;

/**
 * The draft with the edits of this page on top. Edits are sent half a second after the last one, one request at a time;
 * when another device was faster, they are applied again on what it left.
 */
export function useDraft(id: string) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const { data: stored } = useSuspenseQuery(trpc.draft.find.queryOptions({ id }));
  const [pending, setPending] = useState<DraftEdit>({});
  const [saving, setSaving] = useState<Saving>("saved");
  const waiting = useRef<DraftEdit>({});
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sending = useRef<Promise<void>>(Promise.resolve());

  const send = useCallback(async () => {
    const changes = waiting.current;
    if (Object.keys(changes).length === 0) return;
    waiting.current = {};
    const key = trpc.draft.find.queryKey({ id });
    const current = queries.getQueryData(key);
    const edit = (version: number) => client.draft.edit.mutate({ id, version, changes });
    try {
      const next = await edit(current?.version ?? 1).catch(async (error: unknown) => {
        if (shownProblem(error).code !== "conflict") throw error;
        const newest = await client.draft.find.query({ id });
        return edit(newest.version);
      });
      queries.setQueryData(key, next);
      setPending(waiting.current);
      setSaving(Object.keys(waiting.current).length > 0 ? "saving" : "saved");
      void queries.invalidateQueries(trpc.draft.preview.queryFilter({ id }));
    } catch (error) {
      waiting.current = mergeEdits(changes, waiting.current);
      setSaving({ failed: shownProblem(error).message });
    }
  }, [client, id, queries, trpc]);

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    sending.current = sending.current.then(send);
    return sending.current;
  }, [send]);

  const edit = useCallback(
    (changes: DraftEdit) => {
      waiting.current = mergeEdits(waiting.current, changes);
      setPending((before) => mergeEdits(before, changes));
      setSaving("saving");
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), waitMs);
    },
    [flush],
  );
  useEffect(() => () => void flush(), [flush]);

  return { draft: withEdits(stored, pending), edit, flush, saving, isSettled: saving === "saved" };
}
