import { type Line, metered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { table } from "#server/cost/table.ts";

type Part = readonly [name: string, unit: string, usage: string, per?: number];

const thousand = 1000;
const requests: readonly Part[] = [
  ["PUT, COPY, POST, LIST requests", "1k requests", "monthly_tier_1_requests", thousand],
  ["GET, SELECT, and all other requests", "1k requests", "monthly_tier_2_requests", thousand],
];
const transition: Part = ["Lifecycle transition", "1k requests", "monthly_lifecycle_transition_requests", thousand];
const select: readonly Part[] = [
  ["Select data scanned", "GB", "monthly_select_data_scanned_gb"],
  ["Select data returned", "GB", "monthly_select_data_returned_gb"],
];
const infrequent: readonly Part[] = [
  ["Storage", "GB", "storage_gb"],
  ...requests,
  transition,
  ["Retrievals", "GB", "monthly_data_retrieval_gb"],
  ...select,
];

function retrieval(speed: string): Part[] {
  return [
    [`Retrieval requests (${speed})`, "1k requests", `monthly_${speed}_data_retrieval_requests`, thousand],
    [`Retrievals (${speed})`, "GB", `monthly_${speed}_data_retrieval_gb`],
  ];
}

function glacierSelect(speed: string): Part[] {
  return [
    [`Select data scanned (${speed})`, "GB", `monthly_${speed}_select_data_scanned_gb`],
    [`Select data returned (${speed})`, "GB", `monthly_${speed}_select_data_returned_gb`],
  ];
}

interface StorageClass {
  group: string;
  usage: string;
  /** Value of a lifecycle rule's `storage_class` that moves objects here. */
  lifecycle?: string;
  parts: readonly Part[];
}

const classes: readonly StorageClass[] = [
  { group: "Standard", usage: "standard", parts: [["Storage", "GB", "storage_gb"], ...requests, ...select] },
  {
    group: "Intelligent tiering",
    usage: "intelligent_tiering",
    lifecycle: "INTELLIGENT_TIERING",
    parts: [
      ["Storage (frequent access)", "GB", "frequent_access_storage_gb"],
      ["Storage (infrequent access)", "GB", "infrequent_access_storage_gb"],
      ["Storage (archive access)", "GB", "archive_access_storage_gb"],
      ["Storage (deep archive access)", "GB", "deep_archive_access_storage_gb"],
      ["Monitoring and automation", "1k objects", "monitored_objects", thousand],
      ...requests,
      transition,
      ...select,
      ["Early delete (within 30 days)", "GB", "early_delete_gb"],
    ],
  },
  {
    group: "Standard - infrequent access",
    usage: "standard_infrequent_access",
    lifecycle: "STANDARD_IA",
    parts: infrequent,
  },
  {
    group: "One zone - infrequent access",
    usage: "one_zone_infrequent_access",
    lifecycle: "ONEZONE_IA",
    parts: infrequent,
  },
  {
    group: "Glacier flexible retrieval",
    usage: "glacier_flexible_retrieval",
    lifecycle: "GLACIER",
    parts: [
      ["Storage", "GB", "storage_gb"],
      ...requests,
      transition,
      ...retrieval("standard"),
      ...glacierSelect("standard"),
      ...retrieval("expedited"),
      ...glacierSelect("expedited"),
      ...glacierSelect("bulk"),
      ["Early delete (within 90 days)", "GB", "early_delete_gb"],
    ],
  },
  {
    group: "Glacier deep archive",
    usage: "glacier_deep_archive",
    lifecycle: "DEEP_ARCHIVE",
    parts: [
      ["Storage", "GB", "storage_gb"],
      ...requests,
      transition,
      ...retrieval("standard"),
      ...retrieval("bulk"),
      ["Early delete (within 180 days)", "GB", "early_delete_gb"],
    ],
  },
];

/** Storage classes that lifecycle rules move objects to, on the bucket itself or beside it. */
function lifecycleClasses(resource: ResourceView): Set<string> {
  const rules = [
    ...resource.blocks("lifecycle_rule"),
    ...resource.sources("aws_s3_bucket_lifecycle_configuration").flatMap((rule) => rule.blocks("rule")),
  ];
  const found = rules.flatMap((rule) => rule.blocks("transition").map((step) => step.text("storage_class") ?? ""));
  return new Set(found);
}

/** Prices that a sheet has under another name. */
const sameAs = table<string>({
  "Standard > Storage": "Standard > Storage (first 50 TB)",
  "Intelligent tiering > PUT, COPY, POST, LIST requests": "Standard > PUT, COPY, POST, LIST requests",
});

function* classLines(resource: ResourceView, storage: StorageClass): Iterable<Line> {
  const usage = resource.usage.at(storage.usage);
  for (const [name, unit, key, per = 1] of storage.parts) {
    const count = usage.number(key);
    const quantity = count === undefined ? null : amount(count).div(per);
    const other = sameAs[`${storage.group} > ${name}`];
    const prices = [{ sku: `${storage.group} > ${name}`, unit }, ...(other ? [{ sku: other, unit }] : [])];
    yield metered(name, unit, quantity, prices, { group: [storage.group] });
  }
}

export const awsS3Bucket: PricedType = {
  *lines(resource) {
    const moved = lifecycleClasses(resource);
    for (const storage of classes) {
      const isUsed = !resource.usage.at(storage.usage).isEmpty;
      const isReached = storage.lifecycle === undefined || moved.has(storage.lifecycle);
      if (isReached || isUsed) yield* classLines(resource, storage);
    }
  },
};
