import { hourly, hoursPerMonth, type Line, metered, unlisted } from "#server/cost/line.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";

/** The price of a port hangs on its speed; the sheet has that of one gigabit. */
const listedBandwidth = "1Gbps";

function* outboundLines(resource: ResourceView): Iterable<Line> {
  const location = resource.text("location") ?? "";
  const volumes = resource.usage.at("monthly_outbound_from_region_to_dx_connection_location");
  for (const key of volumes.names) {
    const name = `Outbound data transfer (from ${key.replaceAll("_", "-")}, to ${location})`;
    yield metered(name, "GB", volumes.number(key), { sku: name, unit: "GB" });
  }
}

export const awsDxConnection: PricedType = {
  *lines(resource) {
    const name = "DX connection";
    const bandwidth = resource.text("bandwidth") ?? listedBandwidth;
    if (bandwidth === listedBandwidth) yield hourly(name, { sku: name, unit: "hours" });
    else yield unlisted(name, "hours", hoursPerMonth, `no list price for ${bandwidth}`);
    yield* outboundLines(resource);
  },
};

/** Plans of this service are sold by bundle; the sheet's prices do not say of which one. */
export const awsLightsailInstance: PricedType = {
  *lines(resource) {
    const isWindows = (resource.text("bundle_id") ?? "").includes("_win_");
    const name = `Virtual server (${isWindows ? "Windows" : "Linux/UNIX"})`;
    yield unlisted(name, "hours", hoursPerMonth, `no list price for the bundle ${resource.text("bundle_id") ?? ""}`);
  },
};
