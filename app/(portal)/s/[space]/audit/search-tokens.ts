/** The line with a token more, or as it was when it has that token. */
export function addToken(line: string, token: string): string {
  const parts = line.trim() === "" ? [] : line.trim().split(/\s+/);
  return parts.includes(token) ? line : [...parts, token].join(" ");
}

/** A token of this key and value, quoted where the value has blanks. */
export function tokenOf(key: string, value: string): string {
  return /[\s"]/.test(value) ? `${key}:"${value.replaceAll('"', "")}"` : `${key}:${value}`;
}

/** The line with a facet's value chosen, or without it when it was. */
export function toggleToken(line: string, key: string, value: string): string {
  const token = tokenOf(key, value);
  if (hasToken(line, key, value)) return ` ${line} `.replace(` ${token} `, " ").trim();
  return addToken(line, token);
}

export function hasToken(line: string, key: string, value: string): boolean {
  return ` ${line} `.includes(` ${tokenOf(key, value)} `);
}
