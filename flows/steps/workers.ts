import { defineFlow } from "#flows/engine/flow.ts";
import { worker } from "#flows/steps/fastTrack.ts";

/** The people to be hired, one entry each, with what the authority needs to begin and nothing besides. */
export const workers = {
  kind: "group",
  section: "workers",
  max: 20,
  item: defineFlow()({ id: "worker", initial: "worker", steps: { worker }, guards: {}, next: { worker: null } }),
} as const;
