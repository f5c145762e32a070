import { customType, timestamp } from "drizzle-orm/pg-core";

/** An instant, as a JavaScript Date, stored with time zone and milliseconds. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });

/** Raw bytes. */
export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });
