import { secretForms } from "./secret-forms.ts";
import { createTextMatcher } from "./text-matcher.ts";

export const REDACTED = "[redacted]";

/** Takes text piece by piece and gives it back without the secrets; `flush` gives what was held back. */
export type Redactor = ((chunk: string) => string) & { flush(): string };

/**
 * Hides secrets in a stream, also across the borders of chunks and in the usual encodings (`secretForms`). It matches
 * text, so a secret that was cut up or transformed otherwise passes: a net, not a wall.
 */
export function createRedactor(secrets: readonly string[]): Redactor {
  const matcher = createTextMatcher(secretForms(secrets));
  let state = matcher.start;
  let held = "";
  let hidden: boolean[] = [];
  let wasHidden = false;

  const release = (count: number): string => {
    let text = "";
    for (let i = 0; i < count; i++) {
      if (!hidden[i]) text += held[i];
      else if (!wasHidden) text += REDACTED;
      wasHidden = hidden[i] === true;
    }
    held = held.slice(count);
    hidden = hidden.slice(count);
    return text;
  };

  const redact = (chunk: string): string => {
    for (let i = 0; i < chunk.length; i++) {
      state = matcher.next(state, chunk.charCodeAt(i));
      hidden.push(false);
      const length = matcher.matched(state);
      if (length > 0) hidden.fill(true, hidden.length - length);
    }
    held += chunk;
    // A later match can begin only within the last `depth` characters: what lies before is final.
    return release(held.length - matcher.depth(state));
  };

  const flush = (): string => {
    state = matcher.start;
    const rest = release(held.length);
    wasHidden = false;
    return rest;
  };

  return Object.assign(redact, { flush });
}

/** One whole text without the secrets. */
export function redact(text: string, secrets: readonly string[]): string {
  const redactor = createRedactor(secrets);
  return redactor(text) + redactor.flush();
}
