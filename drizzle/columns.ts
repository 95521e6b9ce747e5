import { customType, timestamp } from "drizzle-orm/pg-core";

/** Raw bytes; everything personal is stored in such columns only, sealed. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });

/** A moment with its zone. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
