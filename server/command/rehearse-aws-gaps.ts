type Gap = {
  /** What is seen because of it: a difference (`address field`) after a look, or the error of a restore. */
  difference?: RegExp;
  restoreError?: RegExp;
  why: string;
  instead: string;
};

/**
 * Where the emulator (moto 5.2) does otherwise than AWS, why, and what is expected instead. Nothing else may differ or fail.
 */
const gaps: readonly Gap[] = [
  {
    restoreError: /aws_dynamodb_table\.\S+: .*tag propagation|updating tags for DynamoDB Table/,
    why: "it tells ten tags of a table a page, and the provider reads one page: the eleventh never seems to arrive",
    instead: "the restore says so, after it has put back what was changed",
  },
  {
    difference: /^aws_dynamodb_table\.\S+ tags(_all)?\./,
    why: "it tells ten tags of a table a page, and the provider reads one page",
    instead: "the eleventh tag differs after a restore",
  },
  {
    difference: /^aws_sqs_queue_policy\.\S+ exists$/,
    why: "it spaces a queue's redrive policy otherwise than AWS, so each apply writes the queue, and a write drops its policy",
    instead: "the policy is found to be gone after a restore",
  },
];

export const explainDifference = (difference: string): string | undefined =>
  say(gaps.find((gap) => gap.difference?.test(difference)));

export const explainRestoreError = (error: string): string | undefined =>
  say(gaps.find((gap) => gap.restoreError?.test(error)));

const say = (gap: Gap | undefined): string | undefined => gap && `the emulator: ${gap.why}; ${gap.instead}`;
