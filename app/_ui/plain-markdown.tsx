import { type Block, type Inline, markdownBlocks } from "./markdown-blocks.ts";
import styles from "./plain-markdown.module.css";

/** Markdown of a blueprint's author, drawn without HTML, images or foreign links. */
export function PlainMarkdown({ text }: { text: string }) {
  return (
    <div className={styles.text}>
      {markdownBlocks(text).map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a finished text never move.
        <Drawn key={at} block={block} />
      ))}
    </div>
  );
}

function Drawn({ block }: { block: Block }) {
  switch (block.kind) {
    case "heading":
      return (
        <h3>
          <Line parts={block.text} />
        </h3>
      );
    case "paragraph":
      return (
        <p>
          <Line parts={block.text} />
        </p>
      );
    case "code":
      return <pre>{block.text}</pre>;
    case "list": {
      const items = block.items.map((item, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: see above.
        <li key={at}>
          <Line parts={item} />
        </li>
      ));
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case "table":
      return (
        <table>
          <tbody>
            {block.rows.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: see above.
              <tr key={at}>
                {row.map((cell, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: see above.
                  <td key={column}>
                    <Line parts={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
  }
}

const tags = { code: "code", strong: "strong", emphasis: "em", text: "span" } as const;

function Line({ parts }: { parts: readonly Inline[] }) {
  return parts.map((part, at) => {
    const Tag = tags[part.kind];
    // biome-ignore lint/suspicious/noArrayIndexKey: see above.
    return <Tag key={at}>{part.text}</Tag>;
  });
}
