/** What the home page asks; the page prefetches the very same. */
export function homeQuestions(space: string) {
  return {
    mine: {
      space,
      owner: "me" as const,
      state: [
        "awaiting_approval" as const,
        "queued" as const,
        "launching" as const,
        "active" as const,
        "updating" as const,
        "ending" as const,
        "leftovers" as const,
        "launch_failed" as const,
      ],
      sort: "ends" as const,
      limit: 10,
    },
    forMe: { space, tab: "for_me" as const, limit: 5 },
    iAsked: { space, tab: "mine" as const, state: ["open" as const], limit: 5 },
  };
}
