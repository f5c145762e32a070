/** A name to begin with, so that nothing stands in the way of a verdict: `web-preview-20nov`. */
export function suggestName(blueprint: string, now: Date): string {
  const month = new Intl.DateTimeFormat("en-GB", { month: "short" }).format(now).toLowerCase();
  return `${blueprint.slice(0, 60)}-${now.getDate()}${month}`;
}
