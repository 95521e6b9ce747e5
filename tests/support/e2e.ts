import { test as base } from "@playwright/test";
import { startStack, type Stack, type StackOptions } from "./service.ts";

type WorkerFixtures = {
  /** Set in a spec file by `test.use({ stackOptions: { decision: "reject" } })`. */
  stackOptions: StackOptions;
  stack: Stack;
};

/** Playwright test with the whole running demo: `stack` once per worker, `baseURL` is the service. */
export const test = base.extend<object, WorkerFixtures>({
  stackOptions: [{}, { scope: "worker", option: true }],
  stack: [
    async ({ stackOptions }, use) => {
      const stack = await startStack(stackOptions);
      await use(stack);
      await stack.stop();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  baseURL: async ({ stack }, use) => {
    await use(stack.url);
  },
});
