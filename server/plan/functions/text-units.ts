const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The characters a reader sees; Terraform counts and cuts by these. */
export function graphemes(source: string): string[] {
  // Plain ASCII without carriage returns needs no segmentation.
  if (/^[\x20-\x7e\n\t]*$/.test(source)) return [...source];
  return [...segmenter.segment(source)].map((part) => part.segment);
}

const goSpaces = "[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const edgeSpaces = new RegExp(`^${goSpaces}+|${goSpaces}+$`, "gu");

export const trimSpaces = (source: string): string => source.replace(edgeSpaces, "");
