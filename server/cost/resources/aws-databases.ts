import { fixed, hourly, hoursPerMonth, metered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { table } from "#server/cost/table.ts";

function credits(resource: ResourceView, instanceClass: string) {
  const hours = resource.usage.number("monthly_cpu_credit_hrs");
  const vcpu = resource.machine(instanceClass.replace(/^db\./, ""))?.vcpu ?? 1;
  const quantity = hours === undefined ? null : amount(hours).times(vcpu);
  return metered("CPU credits", "vCPU-hours", quantity, { sku: "CPU credits", unit: "vCPU-hours" });
}

export const awsDocdbClusterInstance: PricedType = {
  *lines(resource) {
    const { usage } = resource;
    const type = resource.text("instance_class") ?? "";
    const name = `Database instance (on-demand, ${type})`;
    yield hourly(name, { sku: name, unit: "hours" }, { billsWhile: "running" });
    yield metered(
      "Storage",
      "GB",
      usage.number("data_storage_gb"),
      { sku: "Storage", unit: "GB" },
      { billsWhile: "provisioned" },
    );
    const requests = usage.number("monthly_io_requests");
    const millions = requests === undefined ? null : amount(requests).div(1_000_000);
    yield metered("I/O requests", "1M requests", millions, { sku: "I/O requests", unit: "1M requests" });
    if (type.startsWith("db.t3.")) yield credits(resource, type);
  },
};

export const awsNeptuneClusterInstance: PricedType = {
  *lines(resource) {
    const type = resource.text("instance_class") ?? "";
    const name = `Database instance (on-demand, ${type})`;
    const copies = resource.number("count") ?? 1;
    yield hourly(name, { sku: name, unit: "hours" }, { hours: copies * hoursPerMonth, billsWhile: "running" });
    if (/^db\.t(3|4g)\./.test(type)) yield credits(resource, type);
  },
};

const dmsIncludedGb = table<number>({ t: 50, c: 100, r: 100 });

export const awsDmsReplicationInstance: PricedType = {
  *lines(resource) {
    const type = (resource.text("replication_instance_class") ?? "").replace(/^dms\./, "");
    const isMultiAz = resource.flag("multi_az") ?? false;
    const attributes = { multi_az: String(isMultiAz) };
    const name = `Instance (${type})`;
    yield hourly(name, { sku: name, unit: "hours", attributes }, { billsWhile: "running" });
    const over = (resource.number("allocated_storage") ?? 0) - (dmsIncludedGb[type[0] ?? ""] ?? 50);
    const storage = "Storage (general purpose SSD, gp2)";
    if (over > 0) yield fixed(storage, "GB", over, { sku: storage, unit: "GB", attributes });
  },
};

const directoryNames = table<string>({
  MicrosoftAD: "Microsoft AD",
  SimpleAD: "Simple AD",
  ADConnector: "AD Connector",
});

export const awsDirectoryServiceDirectory: PricedType = {
  *lines(resource) {
    const type = resource.text("type") ?? "SimpleAD";
    const isMicrosoft = type === "MicrosoftAD";
    const size = isMicrosoft ? (resource.text("edition") ?? "Enterprise") : (resource.text("size") ?? "Small");
    const label = directoryNames[type] ?? type;
    const name = `Directory service (${label}, ${size})`;
    yield fixed(name, "controllers", 2, { sku: name, unit: "controllers" });
    const more = resource.usage.number("additional_domain_controllers");
    const extra = { sku: "Additional domain controllers", unit: "controllers", attributes: { type } };
    if (more !== undefined)
      yield metered("Additional domain controllers", "controllers", more, extra, { billsWhile: "provisioned" });
    const shared = resource.usage.number("shared_accounts");
    const sharing = { sku: "Directory sharing", unit: "accounts" };
    if (isMicrosoft) yield metered("Directory sharing", "accounts", shared, sharing, { billsWhile: "provisioned" });
  },
};

const glueUnits = table<number>({ "G.1X": 1, "G.2X": 2, "G.4X": 4, "G.8X": 8, "G.025X": 0.25, Standard: 1 });
const defaultUnits = 10;

function glueDuration(resource: ResourceView, units: number, label: string) {
  const hours = resource.usage.number("monthly_hours");
  const price = { type: "aws_glue_crawler", sku: "Duration", unit: "hours", times: units };
  return metered("Duration", `hours (${label})`, hours, price);
}

export const awsGlueJob: PricedType = {
  *lines(resource) {
    const isShell = resource.block("command")?.text("name") === "pythonshell";
    const workers = (resource.number("number_of_workers") ?? 0) * (glueUnits[resource.text("worker_type") ?? ""] ?? 1);
    const units = resource.number("max_capacity") ?? (workers > 0 ? workers : isShell ? 0.0625 : defaultUnits);
    yield glueDuration(resource, units, `${units} DPU${units === 1 ? "" : "s"}`);
  },
};

export const awsGlueCrawler: PricedType = {
  lines: (resource) => [
    metered("Duration", "hours", resource.usage.number("monthly_hours"), { sku: "Duration", unit: "hours" }),
  ],
};

const sizes = table<string>({ "mw1.small": "Small", "mw1.medium": "Medium", "mw1.large": "Large" });

export const awsMwaaEnvironment: PricedType = {
  *lines(resource) {
    const { usage } = resource;
    const size = sizes[resource.text("environment_class") ?? "mw1.small"] ?? "Small";
    const environment = `Environment (${size})`;
    yield hourly(environment, { sku: environment, unit: "hours" });
    const parts = [
      [`Worker (${size})`, usage.number("additional_workers")],
      [`Scheduler (${size})`, usage.number("additional_schedulers")],
    ] as const;
    for (const [name, count] of parts) {
      yield metered(name, "hours", count === undefined ? null : count * hoursPerMonth, { sku: name, unit: "hours" });
    }
    const database = { sku: "Meta database", unit: "GB" };
    yield metered("Meta database", "GB", usage.number("meta_database_gb"), database, { billsWhile: "provisioned" });
  },
};
