import { page } from "#flows/engine/facts.ts";
import { choice, conditional, choices, date, optional, text, unsent, yesNo } from "#flows/engine/fields.ts";
import { emailField, phoneField } from "#flows/steps/fields.ts";
import { notInFuture } from "#flows/steps/rules.ts";

/** Where the person lives; postcode and place come from the entry questions. */
export const address = page(
  "contact",
  {
    street: text({ max: 80, latin: true, autoComplete: "off" }),
    houseNo: text({ max: 10, latin: true, width: "4" }),
    addressSuffix: optional(text({ max: 40, latin: true, width: "20" })),
    coName: optional(text({ max: 80, latin: true })),
    addressSince: date(),
    registered: yesNo(),
  },
  (answers, facts) => notInFuture({ addressSince: answers.addressSince }, facts.today),
);

/** How to reach the person; all of it voluntary (architecture 9). */
export const contact = page(
  "contact",
  {
    email: optional(emailField("email")),
    emailRepeat: unsent(conditional(text({ max: 120, ltr: true, inputMode: "email" }))),
    phone: optional(phoneField("tel")),
    preferredLanguage: optional(choice(["de", "en", "uk", "ru", "ar", "otherLanguage"])),
    needs: optional(choices(["interpreter", "signLanguage", "wheelchair", "otherNeed"])),
  },
  (answers) =>
    answers.email !== undefined && answers.emailRepeat?.toLowerCase() !== answers.email.toLowerCase()
      ? { emailRepeat: "emailRepeat" }
      : {},
);
