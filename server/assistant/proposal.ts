import type { Blueprint } from "#server/blueprint/blueprint.ts";
import type { Evidence } from "#server/decision/evidence.ts";

/** A value with where it comes from; `null` duration means no end. */
export type Filled<T> = { value: T; evidence: Evidence };

/** Something only the user can know. */
export type Question = { field: string; question: string; choices: { value: string; label: string }[] };

/** What a planner makes of a sentence: a draft's fields and nothing else. Nothing in it is believed before it is grounded. */
export type Proposal = {
  blueprint: Filled<string> | null;
  name: Filled<string> | null;
  duration: Filled<number | null> | null;
  inputs: Record<string, Filled<string>>;
  questions: Question[];
  /** Sentences about what was understood and could not be met. */
  notes: string[];
};

/** One blueprint that may be chosen. */
export type Offer = { blueprint: Blueprint; revisionId: string };

/** A past launch of the same person, for "same as last time". */
export type PastLaunch = {
  ref: string;
  blueprintName: string;
  inputs: Record<string, string>;
  durationMinutes: number | null;
};

/** All that a planner may know: the user's own words, the catalog, and time. No secrets, nothing of other people. */
export type PlanningRequest = {
  prompt: string;
  offers: Offer[];
  /** A blueprint that the user chose by himself; the planner keeps to it. */
  chosen: string | null;
  now: Date;
  timeZone: string;
  past: PastLaunch[];
};

/** Turns a sentence into a proposal. */
export type Planner = {
  readonly name: string;
  propose(request: PlanningRequest, signal?: AbortSignal): Promise<Proposal>;
};

export const mostQuestions = 3;
