/** The number in `env-77`; null for any other text. */
export function environmentNumber(ref: string): number | null {
  const digits = /^env-(\d{1,15})$/.exec(ref)?.[1];
  return digits ? Number(digits) : null;
}
