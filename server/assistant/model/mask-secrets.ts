/** What looks like a credential, wherever somebody pastes it; each first group stays readable. */
const credentials: readonly RegExp[] = [
  /()-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]{0,8000}?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\b(gh[pousr]_|github_pat_|glpat-|xox[abpr]-|sk-(?:ant-|proj-)?|AIza|npm_|hvs\.)[A-Za-z0-9_-]{12,}/g,
  /\b(eyJ)[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g,
  /\b([a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,80}:)[^\s@]{1,200}(?=@)/gi,
  /\b((?:pass(?:word|wd|phrase)?|pwd|secret|token|api[ _-]?key|access[ _-]?key|bearer)\b\s*(?:is|[:=]|\s)\s*["'`]?)(?=[^\s"'`]*[\d_$!#%&*+/=-])[^\s"'`,;]{6,200}/gi,
];

/**
 * A text with everything that looks like a credential covered, at the same length, so that places in it stay places in the
 * original.
 */
export function maskSecrets(text: string): string {
  return credentials.reduce(
    (masked, expression) =>
      masked.replace(expression, (found: string, shown: string) => shown + "•".repeat(found.length - shown.length)),
    text,
  );
}
