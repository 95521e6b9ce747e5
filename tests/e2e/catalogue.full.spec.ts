import type { Persona } from "#app/cli/persona/file.ts";
import { services, type ServiceId } from "#flows/services/registry.ts";
import type { TestPersona } from "#tests/support/persona.ts";
import { walkTo } from "#tests/support/plainJourney.ts";
import { personas, walkedPath } from "#tests/support/walkedArrows.ts";
import { expectAccessible, expectNarrow, NARROW, takeOver, test } from "#tests/support/watchedPage.ts";

const HOME = { authority: "potsdam", postalCode: "14467", place: "Potsdam" };

/** What this authority asks and those of some personas do not. */
const elsewhere = { convicted: false, pendingProceedings: false, expelledOrRefused: false, postalDelivery: false };

/** A persona as somebody who lives in Potsdam and hands everything in later. */
function resident({ answers }: Persona): TestPersona {
  const { authority, ...place } = HOME;
  return {
    language: "de",
    authority,
    answers: { ...elsewhere, ...answers, ...place, emailRepeat: answers["emailRepeat"] ?? answers["email"] },
    uploads: new Map(),
  };
}

const applicantsFor = (id: ServiceId): Persona[] =>
  [...personas.values()].filter(
    ({ expect: expected }) => expected?.["service"] === id && expected["completeness"] !== "minimal",
  );

/** Pages that were checked already: services share most of theirs. */
const seen = new Set<string>();

for (const id of Object.keys(services) as ServiceId[]) {
  test(`the pages of ${id} in German and Arabic`, async ({ page, stack }) => {
    for (const persona of applicantsFor(id)) {
      const steps = walkedPath(id, persona).filter((step) => !seen.has(step));
      if (steps.length === 0) continue;
      const { browser } = await walkTo(stack.url, resident(persona), "review");
      await takeOver(page, browser, stack.url);
      for (const step of steps) {
        seen.add(step);
        for (const language of ["de", "ar"]) {
          const path = `/${language}/${HOME.authority}/${id}/${step}`;
          await page.setViewportSize({ width: 1280, height: 800 });
          await page.goto(path);
          await expectAccessible(page, path);
          await page.setViewportSize(NARROW);
          await expectNarrow(page, path);
        }
      }
    }
  });
}
