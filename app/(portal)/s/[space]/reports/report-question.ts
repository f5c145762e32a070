/** What every report asks. */
export type ReportQuestion = { space: string; from: Date; to: Date };
