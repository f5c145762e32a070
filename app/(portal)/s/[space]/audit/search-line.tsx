"use client";

import { Button, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useDebouncedText } from "#app/_ui/use-debounced-text.ts";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import type { SearchKey, SearchProblem } from "#server/audit/search-line.ts";
import styles from "./audit.module.css";
import { addToken } from "./search-tokens.ts";

/** An example for each word of the grammar; the server's own list is the authority. */
const examples = {
  actor: "actor:maya",
  action: "action:approval.*",
  target: "target:env-77",
  type: "type:environment",
  outcome: "outcome:denied",
  via: "via:mcp",
  space: "space:payments",
  since: "since:7d",
  until: "until:now",
  ip: "ip:10.*",
  request: "request:4be7b0fe",
  seq: "seq:48213",
} as const satisfies Record<SearchKey, string>;

/** One typed line; what it does not understand is underlined and explained, never ignored. */
export function SearchLine({ problems }: { problems: readonly SearchProblem[] }) {
  const { value, change } = useUrlState();
  const [text, setText] = useDebouncedText(value("q"), (q) => change({ q }), 350);
  return (
    <div className={styles.search}>
      <TextInput
        label="Search"
        description='Words and typed tokens; "-" before one excludes it.'
        placeholder='action:approval.* since:7d -actor:scheduler "public bucket"'
        leftSection={<IconSearch size={16} aria-hidden />}
        classNames={{ input: styles.mono ?? "" }}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={problems.length > 0}
        aria-describedby="search-problems"
        data-filter-field
      />
      <div id="search-problems" role="status">
        {problems.length > 0 ? (
          <>
            <Underlined text={value("q")} problems={problems} />
            <ul className={styles.problems}>
              {problems.map((problem) => (
                <li key={`${problem.from}-${problem.to}`}>
                  <code>{problem.text}</code>: {problem.message} {problem.remedy}
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </div>
      <div className={styles.examples}>
        {Object.values(examples).map((example) => (
          <Button
            key={example}
            size="compact-xs"
            variant="default"
            onClick={() => setText(addToken(text, example))}
            aria-label={`Add ${example} to the search`}
          >
            <code>{example}</code>
          </Button>
        ))}
      </div>
    </div>
  );
}

function Underlined({ text, problems }: { text: string; problems: readonly SearchProblem[] }) {
  const parts: { from: number; text: string; wrong: boolean }[] = [];
  let done = 0;
  for (const { from, to } of problems) {
    if (from > done) parts.push({ from: done, text: text.slice(done, from), wrong: false });
    parts.push({ from, text: text.slice(from, to), wrong: true });
    done = to;
  }
  parts.push({ from: done, text: text.slice(done), wrong: false });
  return (
    <p className={styles.mono} aria-hidden>
      {parts.map((part) => (
        <span key={part.from} className={part.wrong ? styles.wrong : undefined}>
          {part.text}
        </span>
      ))}
    </p>
  );
}
