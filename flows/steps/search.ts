import { page } from "#flows/engine/facts.ts";
import { choice, date, text } from "#flows/engine/fields.ts";
import { searchExits } from "#flows/law/situations/work.ts";
import { notInFuture } from "#flows/steps/rules.ts";

/** What ended before the search for work; each has its own number in § 20 Abs. 1 AufenthG. */
export const searchExit = page("work", { searchAfter: choice(searchExits) });

/** What was completed, where and when. */
export const completion = page(
  "work",
  {
    completedTitle: text({ max: 120 }),
    completedAt: text({ max: 120 }),
    completedOn: date(),
  },
  ({ completedOn }, { today }) => notInFuture({ completedOn }, today),
);
