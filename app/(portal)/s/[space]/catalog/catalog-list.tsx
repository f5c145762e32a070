"use client";

import { Button, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Empty } from "#app/_ui/state/empty.tsx";
import { NoMatch } from "#app/_ui/state/no-match.tsx";
import { useDebouncedText } from "#app/_ui/use-debounced-text.ts";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import styles from "./catalog.module.css";
import { CatalogCard } from "./catalog-card.tsx";
import { CatalogFacets } from "./catalog-facets.tsx";
import { catalogFacets, catalogQuestion } from "./catalog-question.ts";

export function CatalogList({ space }: { space: string }) {
  const trpc = useTRPC();
  const { params, value, change } = useUrlState();
  const [text, setText] = useDebouncedText(value("q"), (q) => change({ q }), 120);
  const query = useDeferredValue(params.toString());
  const { data } = useSuspenseQuery(trpc.catalog.list.queryOptions(catalogQuestion(space, new URLSearchParams(query))));
  const filters = ["q", ...catalogFacets]
    .filter((name) => value(name))
    .map((name) => ({ name, label: name === "q" ? value(name) : `${name}: ${value(name)}` }));
  return (
    <div className={styles.layout}>
      <aside aria-label="Filters">
        <CatalogFacets facets={data.facets} />
      </aside>
      <div>
        <TextInput
          aria-label="Search the catalog"
          placeholder="Search by name, purpose, cloud or tool"
          leftSection={<IconSearch size={16} aria-hidden />}
          size="md"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data-filter-field
        />
        <p className={styles.count} role="status">
          {data.found} of {data.total} blueprints
        </p>
        <ul className={styles.cards} aria-busy={query !== params.toString()}>
          {data.items.map((item) => (
            <li key={item.blueprintName} data-row={item.blueprintName}>
              <CatalogCard item={item} />
            </li>
          ))}
        </ul>
        {data.found > data.items.length ? (
          <Button variant="default" mt="md" onClick={() => change({ all: "yes" })}>
            Show all {data.found}
          </Button>
        ) : null}
        {data.items.length === 0 && data.total > 0 ? (
          <NoMatch
            total={data.total}
            what="blueprints"
            filters={filters}
            remove={(name) => change({ [name]: null })}
            clear={() => change({ q: null, ...Object.fromEntries(catalogFacets.map((name) => [name, null])) })}
          />
        ) : null}
        {data.total === 0 ? (
          <Empty title="Nothing is published here yet">
            A designer publishes reviewed blueprints under Blueprints; ask your platform team for what you miss.
          </Empty>
        ) : null}
      </div>
    </div>
  );
}
