"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import { BreakableCode } from "#app/_ui/breakable-code.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import type { Component, Estimate, PriceProvider, PriceRef, QuantityFrom, State } from "#server/cost/cost.ts";
import styles from "./estimate.module.css";
import { EstimateTotal } from "./estimate-total.tsx";
import { Money } from "./money.tsx";

const stateWord = {
  priced: "priced",
  depends_on_usage: "depends on usage",
  free: "free",
  no_price: "no price known",
  unsupported: "not supported yet",
  unknown: "not known before apply",
} as const satisfies Record<State, string>;

type Row = {
  key: string;
  resource: string;
  component: Component | null;
  state: State;
  reasons: string[];
};

function rowsOf(estimate: Estimate): Row[] {
  return estimate.resources.flatMap((resource): Row[] => {
    const base = { resource: resource.address, reasons: resource.reasons };
    if (resource.components.length === 0)
      return [{ ...base, key: resource.address, component: null, state: resource.state }];
    return resource.components.map((component, at) => ({
      ...base,
      key: `${resource.address}/${at}`,
      component,
      state: component.state,
    }));
  });
}

/** Every priced part and every part without a price, with quantity and basis: a bare total tells nobody anything. */
export function EstimateTable({ estimate }: { estimate: Estimate }) {
  const [open, setOpen] = useState(false);
  const all = rowsOf(estimate);
  const priced = all.filter((row) => row.component?.monthly);
  const rest = all.length - priced.length;
  const shown = open || priced.length === 0 ? all : priced;
  return (
    <div className={styles.estimate}>
      <EstimateTotal estimate={estimate} />
      {shown.length > 0 ? (
        <DataTable
          label="Estimate by component"
          rows={shown}
          rowKey={(row) => row.key}
          columns={[
            { key: "resource", label: "Resource", cell: (row) => <BreakableCode>{row.resource}</BreakableCode> },
            { key: "component", label: "Component", cell: (row) => row.component?.name ?? row.reasons.join(" ") },
            {
              key: "quantity",
              label: "Quantity",
              numeric: true,
              tight: true,
              cell: (row) => (row.component?.quantity ? `${row.component.quantity} ${row.component.unit}` : "unknown"),
            },
            { key: "basis", label: "Basis", cell: (row) => basis(row) },
            {
              key: "monthly",
              label: "Per month",
              numeric: true,
              cell: (row) =>
                row.state === "free" ? (
                  "free"
                ) : row.component?.monthly ? (
                  <Money amount={row.component.monthly} />
                ) : (
                  stateWord[row.state]
                ),
            },
          ]}
        />
      ) : null}
      {rest > 0 && priced.length > 0 ? (
        <div>
          <Button
            variant="subtle"
            size="xs"
            h="auto"
            py={4}
            styles={{ label: { whiteSpace: "normal" } }}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {open ? "Show priced components only" : `Show ${rest} free, usage-based or without a price`}
          </Button>
        </div>
      ) : null}
      {estimate.warnings.map((warning) => (
        <p key={`${warning.code}/${warning.address ?? ""}/${warning.text}`} className={styles.note}>
          {warning.address ? <code>{warning.address} </code> : null}
          {warning.text}
        </p>
      ))}
    </div>
  );
}

const providerWord = {
  embedded: "price book",
  "infracost-cli": "Infracost",
  "pricing-api": "pricing API",
} as const satisfies Record<PriceProvider, string>;

const quantityWord = {
  config: null,
  default: "by default",
  usage: "as stated",
  assumed: "assumed",
  unknown: null,
} as const satisfies Record<QuantityFrom, string | null>;

/** A source without a name of its own is known by a number that tells a reader nothing. */
const sourceWord = (source: string) => (source.startsWith("gh-file-") ? "a published quote" : source);

function priceWord({ region, asOf, source, provider = "embedded" }: PriceRef): string {
  return [region, asOf, `${providerWord[provider]}: ${sourceWord(source)}`].filter(Boolean).join(", ");
}

function basis(row: Row): string {
  const component = row.component;
  if (!component) return stateWord[row.state];
  const price = component.priceRef ? priceWord(component.priceRef) : stateWord[row.state];
  const when = component.usageBased ? "usage" : "always on";
  const quantity = component.quantity === null ? null : quantityWord[component.quantityFrom];
  return [quantity ? `${when}, ${quantity}` : when, price, component.note].filter(Boolean).join(" · ");
}
