import { page, type Facts, type Problems } from "#flows/engine/facts.ts";
import { choice, conditional, text, yesNo } from "#flows/engine/fields.ts";
import { contact } from "#flows/steps/contact.ts";
import { phoneField } from "#flows/steps/fields.ts";

/** Whether nobody may learn the address: a block at the registration office (§ 51 BMG), or fear of being found. */
export const addressBlock = page("contact", { addressBlocked: yesNo() });

const needsAddress = ({ answers }: Facts) => answers["contactWay"] === "letterElsewhere";
const needsPhone = ({ answers }: Facts) => answers["contactWay"] === "phoneTimes";
const { preferredLanguage, needs } = contact.fields;

/** How the authority may get in touch without anybody else noticing. There is no e-mail: others may read it (architecture 9). */
export const safeContact = page(
  "contact",
  {
    contactWay: choice(["letterHome", "letterElsewhere", "phoneTimes", "officeOnly"]),
    trustedAddress: conditional(text({ max: 200, rows: 3 })),
    phone: conditional(phoneField()),
    phoneTimes: conditional(text({ max: 100 })),
    preferredLanguage,
    needs,
  },
  ({ contactWay, trustedAddress, phone, phoneTimes }): Problems => {
    if (contactWay === "letterElsewhere") return trustedAddress === undefined ? { trustedAddress: "required" } : {};
    if (contactWay !== "phoneTimes") return {};
    return {
      ...(phone === undefined ? { phone: "required" } : {}),
      ...(phoneTimes === undefined ? { phoneTimes: "required" } : {}),
    };
  },
  { trustedAddress: needsAddress, phone: needsPhone, phoneTimes: needsPhone },
);
