const polite = "^(?:hi|hello|hey|please|pls|can|could|would|will|you|kindly|now|and|[\\s,!.])*";
const errands: [RegExp, string][] = [
  [
    new RegExp(`${polite}\\b(?:approve|reject|sign\\s+off)\\b`, "iu"),
    "Approvals are given by people, on the page of the request; the assistant only fills launch forms.",
  ],
  [
    new RegExp(`${polite}\\b(?:terminate|destroy|tear\\s+down|shut\\s+down|kill)\\b`, "iu"),
    "Environments are ended on their own page; the assistant only fills launch forms.",
  ],
  [
    new RegExp(`${polite}\\bextend\\b`, "iu"),
    "An end is moved on the environment's own page; the assistant only fills launch forms.",
  ],
  [
    new RegExp(`${polite}\\bexport\\b`, "iu"),
    "The audit page exports what it shows; the assistant only fills launch forms.",
  ],
];

/** What a sentence wants that is no launch, as the place where that is done; undefined for what may be one. */
export function readErrand(text: string): string | undefined {
  return errands.find(([expression]) => expression.test(text.slice(0, 200)))?.[1];
}
