"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Notice } from "#app/_ui/state/notice.tsx";
import { Moment } from "#app/_ui/time/moment.tsx";

const numbers = new Intl.NumberFormat("en-GB");

/** How far the chain was found good, when, and what signs it; a break is red and names its place. */
export function ChainStrip() {
  const trpc = useTRPC();
  const chain = useQuery(trpc.audit.chain.queryOptions(undefined, { staleTime: 60_000 }));
  const verify = (
    <Button size="xs" variant="default" loading={chain.isFetching} onClick={() => void chain.refetch()}>
      Verify now
    </Button>
  );
  if (chain.error) return <ProblemNotice error={chain.error} title="The chain could not be verified" />;
  if (!chain.data)
    return (
      <Notice tone="idle" title="Verifying the chain…" action={verify}>
        Each record's hash is computed again.
      </Notice>
    );
  const { fault, verifiedTo, head, verifiedAt, checkpoint, whole } = chain.data;
  if (fault)
    return (
      <Notice tone="failed" title={`The chain is broken at #${numbers.format(fault.seq)}`} action={verify} live>
        {fault.message}
      </Notice>
    );
  return (
    <Notice
      tone="good"
      title={`Chain verified to #${numbers.format(verifiedTo)} of #${numbers.format(head)}`}
      action={verify}
    >
      <Moment at={verifiedAt} relative />
      {checkpoint ? (
        <>
          {" · "}signed head #{numbers.format(checkpoint.seq)} <Moment at={checkpoint.at} /> with key{" "}
          <code>{checkpoint.keyId.slice(0, 12)}</code>
        </>
      ) : (
        " · no signed head yet"
      )}
      {whole ? (
        <>
          {" · "}verified from its first event through #{numbers.format(whole.to)} <Moment at={whole.at} />
        </>
      ) : null}
    </Notice>
  );
}
