/** What a `Problem` is about; each door translates the code once (tRPC code, HTTP status). */
export const problemCodes = [
  "bad_input",
  "unauthenticated",
  "forbidden",
  "not_found",
  "conflict",
  "too_large",
  "rate_limited",
  "unavailable",
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** HTTP status of each problem code. */
export const httpStatus = {
  bad_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  rate_limited: 429,
  unavailable: 503,
} as const satisfies Record<ProblemCode, number>;

/** Where in the user's input something is wrong. `row` and `column` count from 1. */
export type Place = { file?: string; path?: string; row?: number; column?: number };

/**
 * An error meant for the user: says what is wrong, where, and what to do. Any other error is a bug.
 * `details` is shown to the caller, so it never carries secrets.
 */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly place: Place | undefined;
  readonly remedy: string | undefined;
  readonly details: Record<string, unknown> | undefined;

  constructor(
    code: ProblemCode,
    message: string,
    more: {
      place?: Place | undefined;
      remedy?: string | undefined;
      details?: Record<string, unknown> | undefined;
    } = {},
  ) {
    super(message);
    this.name = "Problem";
    this.code = code;
    this.place = more.place;
    this.remedy = more.remedy;
    this.details = more.details;
  }
}
