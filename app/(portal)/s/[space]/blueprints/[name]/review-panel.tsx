"use client";

import { Button, Group, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ActorName } from "#app/_portal/actor-name.tsx";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useMe } from "#app/_portal/session/use-me.ts";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Notice } from "#app/_ui/state/notice.tsx";
import { Moment } from "#app/_ui/time/moment.tsx";
import type { RevisionView } from "./revision-view.ts";

/** Who reviewed it, and what comes next: review by somebody else, then publishing by somebody else. */
export function ReviewPanel({ revision, publishedId }: { revision: RevisionView; publishedId: string | undefined }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const me = useMe();
  const space = useSpace();
  const [note, setNote] = useState("");
  const refresh = () => {
    void queries.invalidateQueries(trpc.blueprint.pathFilter());
    void queries.invalidateQueries(trpc.catalog.pathFilter());
  };
  const review = useMutation(trpc.blueprint.review.mutationOptions({ onSuccess: refresh }));
  const publish = useMutation(trpc.blueprint.publish.mutationOptions({ onSuccess: refresh }));
  const unpublish = useMutation(trpc.blueprint.unpublish.mutationOptions({ onSuccess: refresh }));
  const own = revision.author.id === me.id;
  const isPublished = revision.id === publishedId;
  const decide = (verdict: "reviewed" | "rejected") =>
    review.mutate({ spaceId: space.id, revisionId: revision.id, verdict, note });
  return (
    <>
      <ProblemNotice error={review.error ?? publish.error ?? unpublish.error} title="Not done" />
      {revision.reviewer ? (
        <p>
          {revision.state === "rejected" ? "Rejected" : "Reviewed"} by <ActorName actor={revision.reviewer} />{" "}
          <Moment at={revision.reviewedAt} />
          {revision.reviewNote ? `: ${revision.reviewNote}` : ""}
        </p>
      ) : null}
      {revision.state === "in_review" && own ? (
        <Notice tone="approval" title="Waiting for review">
          You wrote this, so somebody else reviews it: anybody with the role designer or admin in this space.
        </Notice>
      ) : null}
      {revision.state === "in_review" && !own && space.can("blueprint.review") ? (
        <Section title="Your review">
          <Textarea
            label="Note"
            description="Required to reject."
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            rows={3}
            resize="vertical"
          />
          <Group mt="sm">
            <Button loading={review.isPending} onClick={() => decide("reviewed")}>
              Accept {revision.digest.slice(0, 8)}
            </Button>
            <Button
              variant="outline"
              color="danger"
              disabled={note.trim() === ""}
              loading={review.isPending}
              onClick={() => decide("rejected")}
            >
              Reject
            </Button>
          </Group>
        </Section>
      ) : null}
      {revision.state === "reviewed" && space.can("blueprint.publish") ? (
        <Group mb="md">
          {isPublished ? (
            <Button
              variant="outline"
              color="danger"
              loading={unpublish.isPending}
              onClick={() => unpublish.mutate({ spaceId: space.id, blueprintName: revision.blueprintName })}
            >
              Take out of the catalog of {space.name}
            </Button>
          ) : own ? (
            <p>You wrote this, so somebody else publishes it.</p>
          ) : (
            <Button
              loading={publish.isPending}
              onClick={() => publish.mutate({ spaceId: space.id, revisionId: revision.id })}
            >
              Publish {revision.digest.slice(0, 8)} in {space.name}
            </Button>
          )}
        </Group>
      ) : null}
    </>
  );
}
