import { TRPCClientError } from "@trpc/client";
import type { AppRouter } from "#server/api/router.ts";

/** What a refused or failed call says to the reader. */
export type ShownProblem = {
  code: string;
  message: string;
  remedy: string | undefined;
  reference: string | undefined;
  /** Where in what was sent. */
  place: { file?: string; path?: string; row?: number; column?: number } | undefined;
  details: Record<string, unknown> | undefined;
  /** Name of the field it is about, without what it stands in. */
  path: string | undefined;
};

/** Reads the server's answer off an error; anything that is no Problem becomes one sentence and a reference. */
export function shownProblem(error: unknown): ShownProblem {
  if (error instanceof TRPCClientError) {
    const data = (error as TRPCClientError<AppRouter>).data;
    const problem = data?.problem;
    if (problem)
      return {
        code: problem.code,
        message: problem.message,
        remedy: problem.remedy,
        reference: data.requestId,
        place: problem.place,
        details: problem.details,
        path: problem.place?.path?.split(".").at(-1),
      };
    if (!data)
      return { ...unknownProblem, message: "The portal did not answer. Check the connection.", code: "offline" };
    return { ...unknownProblem, reference: data.requestId };
  }
  return unknownProblem;
}

const unknownProblem: ShownProblem = {
  code: "internal",
  message: "Something went wrong on our side.",
  remedy: "Try again; if it stays, tell an administrator the reference.",
  reference: undefined,
  place: undefined,
  details: undefined,
  path: undefined,
};
