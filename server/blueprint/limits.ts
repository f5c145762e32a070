/** Bounds on what a blueprint may be. They keep parsing fast enough to run beside other requests. */
export const limits = {
  fileBytes: 1_000_000,
  folderBytes: 4_000_000,
  folderFiles: 200,
  lines: 100_000,
  /** Words, marks, spaces and line ends of the YAML text. */
  pieces: 450_000,
  /** Scalars and collections, aliases expanded. */
  nodes: 50_000,
  depth: 64,
  keysPerMap: 2_000,
  aliases: 100,
  inputs: 300,
  outputs: 500,
  grains: 100,
  prompts: 50,
  allowedValues: 1_000,
  nameLength: 63,
  patternLength: 512,
  valueLength: 4_096,
  templateLength: 20_000,
  problems: 100,
  /** What all patterns of a file, or all its templates, may take together when tried out. */
  trialMs: 500,
} as const;
