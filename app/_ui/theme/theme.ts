import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";
import { type Scheme, surfaces, toneColors, tones } from "./tokens.ts";

const brand: MantineColorsTuple = [
  "#e3effd",
  "#c9def9",
  "#9dc2f4",
  "#8ab4f8",
  "#4d8ceb",
  "#2f74de",
  "#0b57d0",
  "#0a4ab0",
  "#1f67d6",
  "#083b8c",
];
const danger: MantineColorsTuple = [
  "#fdeaee",
  "#fbd3db",
  "#f6a9b8",
  "#ff9bb0",
  "#d6486a",
  "#c22a4a",
  "#b3132f",
  "#930f27",
  "#c22a4a",
  "#6e0b1d",
];
const gray: MantineColorsTuple = [
  "#f6f8fa",
  "#eef1f4",
  "#e5e9ed",
  "#d5dae0",
  "#7b8490",
  "#57606a",
  "#57606a",
  "#4b5563",
  "#333a44",
  "#1b2028",
];
const dark: MantineColorsTuple = [
  "#e6eaf0",
  "#c3cbd5",
  "#9aa5b1",
  "#9aa5b1",
  "#6b7685",
  "#222932",
  "#1c222b",
  "#0f1318",
  "#0b0e12",
  "#07090c",
];

const heading = (fontSize: string, lineHeight: string) => ({ fontSize, lineHeight, fontWeight: "600" });

const closing = { "aria-label": "Close" };

export const theme = createTheme({
  primaryColor: "brand",
  colors: { brand, danger, gray, dark },
  primaryShade: { light: 6, dark: 8 },
  black: surfaces.light.text,
  respectReducedMotion: true,
  cursorType: "pointer",
  defaultRadius: "sm",
  radius: { xs: "4px", sm: "6px", md: "6px", lg: "8px", xl: "12px" },
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "24px", xl: "32px" },
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace",
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  lineHeights: { xs: "16px", sm: "20px", md: "20px", lg: "24px", xl: "28px" },
  headings: {
    fontWeight: "600",
    sizes: {
      h1: heading("24px", "32px"),
      h2: heading("20px", "28px"),
      h3: heading("16px", "24px"),
      h4: heading("14px", "20px"),
      h5: heading("13px", "20px"),
      h6: heading("12px", "16px"),
    },
  },
  components: {
    Button: { defaultProps: { size: "sm" } },
    Tooltip: { defaultProps: { withArrow: true, events: { hover: true, focus: true, touch: true } } },
    Modal: { defaultProps: { centered: true, transitionProps: { duration: 120 }, closeButtonProps: closing } },
    Drawer: { defaultProps: { transitionProps: { duration: 120 }, closeButtonProps: closing } },
    Anchor: { defaultProps: { underline: "hover" } },
  },
});

function variables(scheme: Scheme): Record<string, string> {
  const base = surfaces[scheme];
  const own = Object.entries(base).map(([name, value]) => [`--g-${name}`, value]);
  const status = tones.flatMap((tone) =>
    Object.entries(toneColors[scheme][tone]).map(([part, value]) => [`--g-${tone}-${part}`, value]),
  );
  return {
    ...Object.fromEntries([...own, ...status]),
    "--mantine-color-body": base.canvas,
    "--mantine-color-text": base.text,
    "--mantine-color-dimmed": base.muted,
    "--mantine-color-placeholder": base.muted,
    "--mantine-color-anchor": base.link,
    "--mantine-color-error": toneColors[scheme].denied.text,
    "--mantine-color-default-border": base.edge,
    "--mantine-color-default-hover": base.hover,
    "--mantine-color-default": base.raised,
    // The library's own shade is that of our panels, on which a disabled button would be words without a button.
    ...(scheme === "dark" && { "--mantine-color-disabled": base.line }),
    "--mantine-primary-color-filled": base.primary,
    "--mantine-primary-color-filled-hover": base.primaryHover,
    "--mantine-color-brand-filled": base.primary,
    "--mantine-color-brand-filled-hover": base.primaryHover,
    "--mantine-color-brand-light": base.selected,
    "--mantine-color-brand-light-hover": base.selected,
    "--mantine-color-brand-light-color": base.link,
    "--mantine-primary-color-light": base.selected,
    "--mantine-primary-color-light-hover": base.selected,
    "--mantine-primary-color-light-color": base.link,
    "--mantine-color-danger-filled": base.danger,
    "--mantine-color-danger-filled-hover": base.dangerHover,
    "--mantine-color-danger-outline": toneColors[scheme].denied.text,
    "--mantine-color-danger-text": toneColors[scheme].denied.text,
  };
}

/** Puts the tokens on the page as `--g-*` variables and bends the component library's own to them. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: variables("light"),
  dark: variables("dark"),
});
