import { z } from "zod";
import { contrast, MINIMUM_CONTRAST } from "#app/config/contrast.ts";
import { extraQuestion, localizedText } from "#app/config/extraQuestion.ts";
import * as part from "#app/config/parts.ts";
import { reservedWords } from "#app/config/reservedWords.ts";
import { transport } from "#app/config/transport.ts";

/** Page background of the dark scheme (look 3); the authority's dark colour stands on it. */
const DARK_PAGE = "#14161e";
const WHITE = "#ffffff";

const brand = z
  .strictObject({
    color: part.color.describe(
      `Colour on light pages, "#rrggbb" in quotes; contrast on white at least ${MINIMUM_CONTRAST}.`,
    ),
    onColor: part.color.describe(`Colour of the crest letter on "color"; contrast at least ${MINIMUM_CONTRAST}.`),
    darkColor: part.color.describe(
      `Colour on dark pages (${DARK_PAGE}); contrast at least ${MINIMUM_CONTRAST}, so a light tone of the colour.`,
    ),
    crestLetter: z
      .string()
      .regex(/^\p{L}{1,3}$/u, "is not one to three letters")
      .describe('One to three letters in the crest, for example "P".'),
  })
  .check(({ value, issues }) => {
    const demand = (key: "color" | "onColor" | "darkColor", ground: string, remedy: string): void => {
      const found = contrast(value[key], ground);
      if (found >= MINIMUM_CONTRAST) return;
      const message = `has a contrast of ${found.toFixed(2)} against ${ground}, at least ${MINIMUM_CONTRAST} is needed`;
      issues.push({ code: "custom", path: [key], input: value[key], message, params: { remedy } });
    };
    demand("color", WHITE, "Choose a darker colour.");
    demand("onColor", value.color, 'Choose "#ffffff", or a darker "color".');
    demand("darkColor", DARK_PAGE, "Choose a lighter tone.");
  });

/** Colours and crest letter of an authority, checked for contrast. */
export type Brand = z.infer<typeof brand>;

const area = z
  .string()
  .regex(/^(0[1-9]|1[0-6])(\d{3}(\d{3})?)?$/, "is not an official key of 2, 5 or 8 digits")
  .describe(
    'Official municipal key (AGS) in quotes: "12054" a district or independent city, "12073532" a municipality.',
  );

const competence = z.strictObject({
  areas: z
    .array(area)
    .min(1, "is empty")
    .describe("Areas this authority is competent for: Land (2), district (5) or municipality (8 digits)."),
  except: z.array(area).default([]).describe("Parts of these areas that another authority looks after (optional)."),
});

const contact = z.strictObject({
  phone: part.phone.describe('Phone with country code in quotes, for example "+49 30 23125100".'),
  phoneHours: z.array(part.hours).describe("When the phone is answered; an empty list [] says nothing about it."),
  email: part.email.optional().describe("E-mail address of the office (optional)."),
  address: part.postalAddress.describe("Postal address; also shown as the way by post."),
  website: part.pageUrl.describe("The authority's own page, beginning with https://."),
});

const emergencyContact = z.strictObject({
  phone: part.phone.describe("Phone for people whose title ends within days, with country code."),
  phoneHours: z.array(part.hours).describe("When this phone is answered; an empty list [] says nothing about it."),
  email: part.email.optional().describe("E-mail address for urgent cases (optional)."),
});

const youthOffice = z.strictObject({
  name: part.text.describe("Official name of the youth welfare office (Jugendamt) of the area in German."),
  phone: part.phone.describe("Its phone, with country code."),
  website: part.pageUrl.optional().describe("Its own page (optional)."),
});

const settings = z
  .strictObject({
    askOffences: z
      .boolean()
      .describe("true: ask for convictions and proceedings where domain rules allow it; false: never ask."),
    postalDelivery: z
      .boolean()
      .describe("true: the card can be sent by post (§ 47 Abs. 1 Nr. 16 AufenthV); false: pick-up only."),
    militaryQuestion: z
      .boolean()
      .default(false)
      .describe(
        "true: men from Ukraine of the ages in config/law are asked for proof about military duties, if they have it (optional, false without it).",
      ),
    registrationFirst: z
      .boolean()
      .default(false)
      .describe(
        "true: people who fled Ukraine are led to registration before they can apply here (optional, false without it).",
      ),
    extraQuestions: z
      .array(extraQuestion)
      .max(10, "has more than ten questions")
      .describe("Questions of this authority alone; [] for none."),
  })
  .check(({ value, issues }) => {
    const ids = value.extraQuestions.map(({ id }) => id);
    ids.forEach((id, index) => {
      if (ids.indexOf(id) === index) return;
      const message = `"${id}" is already the id of an earlier question`;
      issues.push({ code: "custom", path: ["extraQuestions", index, "id"], input: id, message });
    });
  });

const privacy = z.strictObject({
  dataProtectionOfficer: part.officer.describe("Data protection contact of the authority (Art. 13 Abs. 1 b GDPR)."),
  supervisoryAuthority: part.body.describe("Where people complain about the authority (Art. 77 GDPR)."),
  notice: part.pageUrl.optional().describe("The authority's own privacy notice (optional)."),
});

/** How the receipt words the moment of filing; architecture 8. */
export const receivingRules = ["receivedByService", "takenOverByAuthority"] as const;

/** One authority as its file describes it; every key has a description, which error messages and docs/authority.md use. */
export const authoritySchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/, "is not made of small letters, digits and hyphens, beginning with a letter")
      .max(40, "is longer than 40 characters")
      .refine((id) => !reservedWords.includes(id), "is a word that the service's own addresses use")
      .describe(
        'Name in addresses and file name, for example "potsdam"; never change it once applications were filed.',
      ),
    ars: z
      .string()
      .regex(/^(0[1-9]|1[0-6])\d{10}$/, "is not a regional key of 12 digits")
      .describe('Official regional key (ARS) of the authority: 12 digits in quotes, for example "120540000000".'),
    competence: competence.describe("Where the authority is competent (§ 71 AufenthG and the law of the Land)."),
    name: part.text.describe("Official name of the municipality or district in German."),
    shortName: part.text.describe("Short name for lists and receipts."),
    office: part.text.describe('The office within the authority, for example "Ausländerbehörde".'),
    brand: brand.describe("Colours and crest letter."),
    officialStrip: z
      .boolean()
      .describe('true: strip "Offizielle Website" on top; public bodies only. Otherwise false.'),
    contact: contact.describe("How applicants reach the authority."),
    emergencyContact: emergencyContact.optional().describe("For people whose title ends within days (optional)."),
    youthOffice: youthOffice
      .optional()
      .describe(
        "Who takes care of minors from Ukraine who are here alone (§ 42a SGB VIII); without it 115 is named (optional).",
      ),
    alertEmail: part.email
      .optional()
      .describe("Where news on failed deliveries go; otherwise to contact.email (optional)."),
    languages: z
      .array(part.languageTag)
      .refine((tags) => tags.includes("de"), "lacks German")
      .describe("Languages on offer, German always among them, for example [de, en, uk]."),
    services: z
      .array(z.string())
      .min(1, "is empty")
      .describe("Ids of the services on offer, for example [W-18a, W-18g], or [all]."),
    receivingRule: z
      .enum(receivingRules)
      .describe(
        "Which moment counts as filing: receivedByService (the online service has it) or takenOverByAuthority (the authority accepted it).",
      ),
    settings: settings.describe("What is asked and offered."),
    processingWeeks: z
      .int("is not a whole number")
      .min(1, "is less than one week")
      .max(104, "is more than 104 weeks")
      .optional()
      .describe(
        "Usual weeks from filing to the invitation; whole number, from the authority's own figures (optional).",
      ),
    appointmentUrl: part.pageUrl
      .optional()
      .describe("Page where appointments are booked, beginning with https:// (optional)."),
    transport: transport.describe("How applications reach the authority."),
    privacy: privacy.describe("The authority's part of the privacy notice."),
    counselling: z.array(part.link).describe("Independent advice near the authority; [] for none."),
  })
  .check(({ value, issues }) => {
    value.settings.extraQuestions.forEach((question, index) => {
      for (const { path, language } of localizedText(question)) {
        if (value.languages.includes(language)) continue;
        issues.push({
          code: "custom",
          path: ["settings", "extraQuestions", index, ...path, language],
          input: language,
          message: `is in a language that this authority does not offer`,
          params: { remedy: `Add "${language}" to "languages", or remove this text.` },
        });
      }
    });
  });

/** One authority, checked. */
export type Authority = z.infer<typeof authoritySchema>;
