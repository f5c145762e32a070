/** Shorter values would hide ordinary text. */
export const SHORTEST_SECRET = 6;

/**
 * The texts a secret is likely to appear as: itself, each line of it, base64 (at each of three offsets, both
 * alphabets), hex, percent-encoded, JSON- and shell-escaped.
 */
export function secretForms(secrets: readonly string[]): string[] {
  const forms = new Set<string>();
  for (const secret of secrets)
    for (const part of new Set([secret, secret.trim(), ...secret.split(/\r?\n/)]))
      if (part.length >= SHORTEST_SECRET)
        for (const form of formsOf(part)) if (form.length >= SHORTEST_SECRET) forms.add(form);
  return [...forms];
}

function formsOf(text: string): string[] {
  const bytes = Buffer.from(text, "utf8");
  const hex = bytes.toString("hex");
  const json = JSON.stringify(text).slice(1, -1);
  return [
    text,
    json,
    JSON.stringify(json).slice(1, -1),
    text.replaceAll("'", "'\\''"),
    text.replaceAll("'", `'"'"'`),
    hex,
    hex.toUpperCase(),
    ...percentForms(bytes),
    ...base64Forms(bytes),
  ];
}

function percentForms(bytes: Buffer): string[] {
  const usual = encodeURIComponent(bytes.toString("utf8"));
  const strict = usual.replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  const form = strict.replaceAll("%20", "+");
  const all = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, "0").toUpperCase()}`).join("");
  const inLowerCase = (encoded: string) => encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  return [usual, strict, form, all].flatMap((encoded) => [encoded, inLowerCase(encoded)]);
}

/**
 * Within a longer encoded text a secret begins at one of three bit offsets. The characters that also hold bits of its
 * neighbours are left out, so each form is found wherever the secret stands.
 */
function base64Forms(bytes: Buffer): string[] {
  const forms: string[] = [bytes.toString("base64")];
  for (const offset of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString("base64")
      .replaceAll("=", "");
    const firstWhole = Math.ceil((offset * 8) / 6);
    const lastWhole = Math.floor(((offset + bytes.length) * 8) / 6);
    forms.push(encoded.slice(firstWhole, lastWhole));
  }
  return forms.flatMap((form) => [form, form.replaceAll("+", "-").replaceAll("/", "_")]);
}
