/** Where to go after signing in: a path of this portal, never another host. */
export function safeTarget(wanted: string | string[] | undefined): string {
  if (typeof wanted !== "string" || !wanted.startsWith("/") || /^\/[/\\]/.test(wanted)) return "/";
  return wanted;
}
