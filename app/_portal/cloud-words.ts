/** The clouds as people call them. */
export const cloudWords = { aws: "AWS", azure: "Azure", gcp: "Google Cloud" } as const;
