/** Colours of the portal. Nothing else in `app` names a colour; `contrast.test.ts` computes every pair. */
export type Scheme = "light" | "dark";

export const surfaces = {
  light: {
    canvas: "#ffffff",
    surface: "#f6f8fa",
    raised: "#ffffff",
    text: "#1b2028",
    muted: "#57606a",
    line: "#d5dae0",
    edge: "#7b8490",
    link: "#0b57d0",
    primary: "#0b57d0",
    primaryHover: "#0a4ab0",
    onPrimary: "#ffffff",
    danger: "#b3132f",
    dangerHover: "#930f27",
    hover: "#eef1f4",
    selected: "#e3effd",
  },
  dark: {
    canvas: "#0f1318",
    surface: "#161b22",
    raised: "#1c222b",
    text: "#e6eaf0",
    muted: "#9aa5b1",
    line: "#2b333e",
    edge: "#6b7685",
    link: "#8ab4f8",
    primary: "#1f67d6",
    primaryHover: "#2a6fdc",
    onPrimary: "#ffffff",
    danger: "#c22a4a",
    dangerHover: "#cd3757",
    hover: "#222932",
    selected: "#0d2440",
  },
} as const satisfies Record<Scheme, Record<string, string>>;

export const tones = [
  "good",
  "warning",
  "approval",
  "denied",
  "running",
  "drifted",
  "failed",
  "idle",
  "ended",
] as const;
/** What a status colour means. A state has a tone, an icon of its own and a word. */
export type Tone = (typeof tones)[number];

type ToneColors = { text: string; tint: string; edge: string };

export const toneColors = {
  light: {
    good: { text: "#116329", tint: "#e3f6e8", edge: "#28964a" },
    warning: { text: "#7a4b00", tint: "#fff3d1", edge: "#b37d00" },
    approval: { text: "#5b2bb0", tint: "#f1eafe", edge: "#8250df" },
    denied: { text: "#9f1239", tint: "#fdeaee", edge: "#cf2350" },
    running: { text: "#0a4fa8", tint: "#e3effd", edge: "#1f6feb" },
    drifted: { text: "#8a3b00", tint: "#ffece0", edge: "#c4560c" },
    failed: { text: "#8b1a10", tint: "#fde8e6", edge: "#cf3326" },
    idle: { text: "#4b5563", tint: "#eef1f4", edge: "#7b8694" },
    ended: { text: "#3f3f46", tint: "#e6e6ea", edge: "#71717a" },
  },
  dark: {
    good: { text: "#6fdc8c", tint: "#10291a", edge: "#2f8f4e" },
    warning: { text: "#f2c55c", tint: "#2e2305", edge: "#a87b14" },
    approval: { text: "#c9b0ff", tint: "#241a3d", edge: "#8a63e0" },
    denied: { text: "#ff9bb0", tint: "#3a1019", edge: "#d6486a" },
    running: { text: "#8cbcff", tint: "#0d2440", edge: "#3d82e6" },
    drifted: { text: "#ffb27a", tint: "#33190a", edge: "#c26a2a" },
    failed: { text: "#ffa198", tint: "#3b130f", edge: "#da5347" },
    idle: { text: "#b6c0cc", tint: "#222932", edge: "#76818f" },
    ended: { text: "#c8c8d0", tint: "#26262c", edge: "#80808c" },
  },
} as const satisfies Record<Scheme, Record<Tone, ToneColors>>;
