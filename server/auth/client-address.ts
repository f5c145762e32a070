type Headers = Record<string, string | string[] | undefined>;

/**
 * The address a request came from, as the last hop before us saw it: the right end of X-Forwarded-For, to which the
 * web server or a proxy appends; what stands left of it is the client's own claim.
 */
export function clientAddress(headers: Headers | undefined): string | undefined {
  const value = headers?.["x-forwarded-for"];
  const last = (Array.isArray(value) ? value.join(",") : (value ?? "")).split(",").at(-1)?.trim() ?? "";
  const plain = last.replace(/^::ffff:/, "").slice(0, 45);
  return /^[\da-fA-F:.]+$/.test(plain) ? plain : undefined;
}
