export type Inline = { kind: "text" | "code" | "strong" | "emphasis"; text: string };
export type Block =
  | { kind: "heading" | "paragraph"; text: Inline[] }
  | { kind: "list"; ordered: boolean; items: Inline[][] }
  | { kind: "code"; text: string }
  | { kind: "table"; rows: Inline[][][] };

/** Headings, paragraphs, lists, tables and code. No HTML, no images, no links: what others wrote stays text. */
export function markdownBlocks(source: string): Block[] {
  const blocks: Block[] = [];
  const lines = source.replaceAll("\r\n", "\n").split("\n");
  let paragraph: string[] = [];
  const flush = () => {
    if (paragraph.length > 0) blocks.push({ kind: "paragraph", text: inlines(paragraph.join(" ")) });
    paragraph = [];
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (/^\s*```/.test(line)) {
      flush();
      const end = lines.findIndex((each, index) => index > at && /^\s*```\s*$/.test(each));
      const last = end < 0 ? lines.length : end;
      blocks.push({ kind: "code", text: lines.slice(at + 1, last).join("\n") });
      at = last;
      continue;
    }
    const heading = /^#{1,6}\s+(.*)$/.exec(line)?.[1];
    const item = /^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/.exec(line);
    const row = /^\s*\|(.*)\|\s*$/.exec(line)?.[1];
    if (heading === undefined && !item && row === undefined) {
      if (line.trim() === "") flush();
      else paragraph.push(line.trim());
      continue;
    }
    flush();
    if (heading !== undefined) blocks.push({ kind: "heading", text: inlines(heading) });
    else if (item) addItem(blocks, item[1] !== undefined, item[2] ?? "");
    else if (row !== undefined) addRow(blocks, row);
  }
  flush();
  return blocks;
}

function addItem(blocks: Block[], ordered: boolean, text: string): void {
  const last = blocks.at(-1);
  if (last?.kind === "list" && last.ordered === ordered) last.items.push(inlines(text));
  else blocks.push({ kind: "list", ordered, items: [inlines(text)] });
}

function addRow(blocks: Block[], row: string): void {
  if (/^[\s|:-]+$/.test(row)) return;
  const cells = row.split("|").map((cell) => inlines(cell.trim()));
  const last = blocks.at(-1);
  if (last?.kind === "table") last.rows.push(cells);
  else blocks.push({ kind: "table", rows: [cells] });
}

const marks = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^\]]+)\]\([^)]*\)/g;

export function inlines(text: string): Inline[] {
  const parts: Inline[] = [];
  let done = 0;
  for (const match of text.matchAll(marks)) {
    if (match.index > done) parts.push({ kind: "text", text: text.slice(done, match.index) });
    const [all, code, strong, emphasis, link] = match;
    if (code !== undefined) parts.push({ kind: "code", text: code });
    else if (strong !== undefined) parts.push({ kind: "strong", text: strong });
    else if (emphasis !== undefined) parts.push({ kind: "emphasis", text: emphasis });
    else parts.push({ kind: "text", text: link ?? "" });
    done = match.index + all.length;
  }
  if (done < text.length) parts.push({ kind: "text", text: text.slice(done) });
  return parts;
}
