import { defineFlow } from "#flows/engine/flow.ts";
import { guest } from "#flows/steps/host.ts";

/** The people for whom the host answers, one entry each. */
export const guests = {
  kind: "group",
  section: "invitation",
  max: 20,
  item: defineFlow()({ id: "guest", initial: "guest", steps: { guest }, guards: {}, next: { guest: null } }),
} as const;
