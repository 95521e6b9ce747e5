import { text, type TextField } from "#flows/engine/fields.ts";

/** A telephone number, with digits and what people write between them. */
export function phoneField(autoComplete = "off"): TextField {
  return text({
    max: 30,
    ltr: true,
    inputMode: "tel",
    width: "20",
    autoComplete,
    pattern: { test: /^\+?[\d\s()/-]{5,30}$/, error: "phone" },
  });
}

/** An e-mail address; only a message to it can show that it works, so its form is checked loosely. */
export function emailField(autoComplete = "off"): TextField {
  return text({
    max: 120,
    ltr: true,
    inputMode: "email",
    autoComplete,
    pattern: { test: /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/, error: "email" },
  });
}

/** The number of an identity paper, visa or card: upper case, without the blanks and hyphens that people type. */
export function documentNumberField(): TextField {
  return text({
    max: 20,
    width: "20",
    ltr: true,
    normalise: (value) => value.replace(/[\s-]/g, "").toUpperCase(),
    pattern: { test: /^[A-Z0-9]+$/, error: "pattern" },
  });
}
