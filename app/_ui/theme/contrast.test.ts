import { describe, expect, test } from "vitest";
import { contrast } from "./contrast.ts";
import { surfaces, toneColors, tones } from "./tokens.ts";

describe.each(["light", "dark"] as const)("%s colours", (scheme) => {
  const base = surfaces[scheme];
  const pages = [base.canvas, base.surface, base.raised];

  test.each([...pages, base.hover, base.selected])("body text reads on %s", (page) => {
    expect(contrast(base.text, page)).toBeGreaterThanOrEqual(7);
  });

  test.each([...pages, base.hover, base.selected])("muted text and links read on %s", (page) => {
    expect(contrast(base.muted, page)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(base.link, page)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(pages)("edges of controls and the focus ring show on %s", (page) => {
    expect(contrast(base.edge, page)).toBeGreaterThanOrEqual(3);
    expect(contrast(base.link, page)).toBeGreaterThanOrEqual(3);
  });

  test.each([base.primary, base.primaryHover, base.danger, base.dangerHover])("button text reads on %s", (button) => {
    expect(contrast(base.onPrimary, button)).toBeGreaterThanOrEqual(4.5);
  });

  test.each([base.primary, base.danger])("the button %s shows on the page", (button) => {
    expect(contrast(button, base.canvas)).toBeGreaterThanOrEqual(3);
  });

  test.each(tones)("the %s tone reads on its tint and on every page, and its edge shows", (tone) => {
    const { text, tint, edge } = toneColors[scheme][tone];
    expect(contrast(text, tint)).toBeGreaterThanOrEqual(4.5);
    for (const page of pages) {
      expect(contrast(text, page)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(edge, page)).toBeGreaterThanOrEqual(3);
    }
    expect(contrast(base.text, tint)).toBeGreaterThanOrEqual(7);
    expect(contrast(base.muted, tint)).toBeGreaterThanOrEqual(4.5);
  });
});

test("black on white is 21 to 1", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
});
