/** Minutes of an ISO 8601 duration (`P1DT4H`, `PT90M`) or of the short forms `4h`, `120m`, `2d`; null when it is neither. */
export function parseDuration(text: string): number | null {
  const short = /^(\d{1,6})\s*(m|min|h|d|w)$/i.exec(text.trim());
  const unit = { m: 1, min: 1, h: 60, d: 1440, w: 10_080 } as const;
  if (short) return Number(short[1]) * unit[(short[2] ?? "m").toLowerCase() as keyof typeof unit];
  const iso = /^P(?=.)(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?=.)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/.exec(
    text.trim(),
  );
  if (!iso) return null;
  const [, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = iso.map((part) => Number(part ?? 0));
  return weeks * 10_080 + days * 1440 + hours * 60 + minutes + Math.ceil(seconds / 60);
}
