"use client";

import { NativeSelect, SegmentedControl, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useDebouncedText } from "#app/_ui/use-debounced-text.ts";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import styles from "./environment-list.module.css";
import { stateGroups } from "./list-question.ts";

export function EnvironmentFilters() {
  const { value, change } = useUrlState();
  const isGroup = stateGroups.some((group) => group.value === value("state"));
  const [text, setText] = useDebouncedText(value("q"), (q) => change({ q }));
  return (
    <div className={styles.filters}>
      <TextInput
        className={styles.grow}
        label="Find by name or id"
        leftSection={<IconSearch size={14} aria-hidden />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-filter-field
      />
      <NativeSelect
        label="State"
        value={value("state")}
        onChange={(event) => change({ state: event.currentTarget.value }, "push")}
        data={isGroup ? [...stateGroups] : [...stateGroups, { value: value("state"), label: "As below" }]}
      />
      <NativeSelect
        label="Sort"
        value={value("sort")}
        onChange={(event) => change({ sort: event.currentTarget.value })}
        data={[
          { value: "", label: "Newest first" },
          { value: "created", label: "Oldest first" },
          { value: "ends", label: "Ends soonest" },
          { value: "-cost", label: "Dearest" },
        ]}
      />
      <SegmentedControl
        aria-label="Whose"
        value={value("owner") === "me" ? "me" : "all"}
        onChange={(owner) => change({ owner: owner === "me" ? "me" : null }, "push")}
        data={[
          { value: "all", label: "Everybody's" },
          { value: "me", label: "Mine" },
        ]}
      />
    </div>
  );
}
