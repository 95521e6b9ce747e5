import { z } from "zod";

/** Text for people: one line or more, no empty text. */
export const text = z.string().trim().min(1, "is empty").max(500, "is longer than 500 characters");

/** Phone number as people read it, always with country code: `+49 30 23125100`. */
export const phone = z.string().regex(/^\+[1-9]\d{0,2}( \d+)+$/, "is not a phone number with country code");

/** E-mail address of an office. */
export const email = z.email("is not an e-mail address");

/** Address of a page that applicants are sent to; only encrypted connections. */
export const pageUrl = z.url({ protocol: /^https$/, error: "is not an address that begins with https://" });

/** Colour as `#rrggbb`. */
export const color = z.string().regex(/^#[0-9a-fA-F]{6}$/, "is not a colour of the form #rrggbb");

/** BCP 47 tag of a language, for example `de`, `sr-Latn`, `zh-Hans`. */
export const languageTag = z.string().regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?$/, "is not a language tag");

/** Postal address in Germany. */
export const postalAddress = z.strictObject({
  street: text.describe("Street and house number, or the post-office box."),
  postalCode: z
    .string()
    .regex(/^\d{5}$/, "is not a postcode of five digits")
    .describe('German postcode: five digits in quotes, for example "14467".'),
  city: text.describe("Place, as the post writes it."),
});
export type PostalAddress = z.infer<typeof postalAddress>;

/** Days of the week as configuration files name them, Monday first. */
export const weekdays = ["mo", "tu", "we", "th", "fr", "sa", "su"] as const;

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "is not a time of day");

/** Hours of one or more days, in Berlin time; data instead of text, so that every language can say it its own way. */
export const hours = z
  .strictObject({
    days: z
      .array(z.enum(weekdays))
      .min(1, "is empty")
      .describe(`Days of the week, from ${weekdays.join(", ")}.`),
    from: time.describe('Time in quotes with two digits for the hour, for example "09:00".'),
    to: time.describe('Time in quotes, later than "from", for example "12:30".'),
  })
  .check((ctx) => {
    const { from, to } = ctx.value;
    if (from < to) return;
    ctx.issues.push({ code: "custom", path: ["to"], input: to, message: "does not lie after the beginning" });
  });
export type Hours = z.infer<typeof hours>;

/** An office or person that answers questions on data protection. */
export const officer = z.strictObject({
  name: text.describe("Who answers: a person or an office."),
  email: email.optional().describe("E-mail address (optional)."),
  phone: phone.optional().describe('Phone with country code, for example "+49 30 23125100" (optional).'),
  address: postalAddress.optional().describe("Postal address (optional)."),
});
export type Officer = z.infer<typeof officer>;

/** A public body to which one can turn, with its page. */
export const body = z.strictObject({
  name: text.describe("Official name."),
  website: pageUrl.describe("Its page, beginning with https://."),
  email: email.optional().describe("E-mail address (optional)."),
  phone: phone.optional().describe('Phone with country code, for example "+49 30 23125100" (optional).'),
  address: postalAddress.optional().describe("Postal address (optional)."),
});
export type Body = z.infer<typeof body>;

/** A page that helps people, named as it names itself. */
export const link = z.strictObject({
  name: text.describe("Name of the page or the centre behind it, in German."),
  url: pageUrl.describe("Address of the page, beginning with https://."),
});
