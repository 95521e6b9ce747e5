import { describe, expect, test } from "vitest";
import * as fields from "#flows/engine/fields.ts";
import { firstControl, writeField } from "#flows/engine/forms.ts";
import { controlId } from "#app/components/controlId.ts";
import { FieldControl } from "#app/components/FieldControl.tsx";
import { idFaults, markup } from "#tests/support/markup.tsx";

const states = [
  { value: "IND", label: "Indien" },
  { value: "SYR", label: "Syrien" },
];
const jobs = [
  { value: "study", label: "Studium" },
  { value: "work", label: "Arbeit" },
];

const kinds: readonly { field: fields.Field; value: unknown; options?: typeof states }[] = [
  { field: fields.text(), value: "Anika" },
  { field: fields.text({ rows: 4 }), value: "Zwei\nZeilen" },
  { field: fields.choice(["study", "work"]), value: "work", options: jobs },
  { field: fields.choices(["study", "work"]), value: ["study", "work"], options: jobs },
  { field: fields.yesNo(), value: false },
  { field: fields.confirm(), value: true },
  { field: fields.date("bday"), value: "1985-03-17" },
  { field: fields.partialDate(), value: "1985-03" },
  { field: fields.country(), value: "SYR", options: states },
  { field: fields.countries(3), value: ["IND", "SYR"], options: states },
  { field: fields.number(1, 99), value: 12 },
  { field: fields.money(0, 10_000_000), value: 5_800_050 },
];

type Shown = { hint?: string; error?: string; value?: unknown; language?: "de" | "ar" };

function show({ field, options }: (typeof kinds)[number], { hint, error, value, language }: Shown = {}) {
  const values = writeField(field, "asked", value);
  return markup(
    <FieldControl
      name="asked"
      field={field}
      label="Die Frage"
      hint={hint}
      error={error}
      values={values}
      options={options}
    />,
    language,
  );
}

const controls = (root: ReturnType<typeof markup>) => root.querySelectorAll("input, select, textarea");

describe.each(kinds.map((kind) => ({ name: `${kind.field.kind}${kind.options ? " with options" : ""}`, kind })))(
  "a field of kind $name",
  ({ kind }) => {
    test("gives every control a label and every id once", () => {
      const root = show(kind, { hint: "Steht im Pass.", error: "Geben Sie es an." });
      expect(idFaults(root)).toEqual([]);
      const labelled = root.querySelectorAll("label").map((label) => label.getAttribute("for"));
      expect(controls(root).length).toBeGreaterThan(0);
      for (const control of controls(root)) expect(labelled).toContain(control.getAttribute("id"));
    });

    test("reads hint and error together with the field, and marks it as wrong", () => {
      const root = show(kind, { hint: "Steht im Pass.", error: "Geben Sie es an." });
      const described = root.querySelector("[aria-describedby]")?.getAttribute("aria-describedby");
      expect(described).toMatch(/^f-asked-hint f-asked-error/);
      expect(root.querySelector("#f-asked-error")?.text).toBe("Geben Sie es an.");
      expect(
        root.querySelector(".kern-form-input--error, .kern-fieldset--error, .kern-form-check--error"),
      ).not.toBeNull();
    });

    test("says nothing of errors when there are none", () => {
      const root = show(kind);
      expect(root.toString()).not.toMatch(/--error|aria-invalid|kern-error/);
      expect(root.text).toContain("Die Frage");
    });

    test("has the control that the error summary links to", () => {
      const root = show(kind, { error: "Geben Sie es an." });
      const target = root.querySelector(`#${controlId(firstControl("asked", kind.field))}`);
      expect(controls(root)).toContain(target);
    });

    test("shows a stored answer in the controls that would post it again", () => {
      const root = show(kind, { value: kind.value });
      const posted: Record<string, string[]> = {};
      for (const control of controls(root)) {
        const name = control.getAttribute("name") ?? "";
        const type = control.getAttribute("type");
        if ((type === "radio" || type === "checkbox") && !control.hasAttribute("checked")) continue;
        const value =
          control.tagName === "SELECT"
            ? (control.querySelector("option[selected]")?.getAttribute("value") ?? "")
            : control.tagName === "TEXTAREA"
              ? control.text.replace(/^\n/, "")
              : (control.getAttribute("value") ?? "");
        if (value) posted[name] = [...(posted[name] ?? []), value];
      }
      const filled = Object.entries(writeField(kind.field, "asked", kind.value)).filter(([, [value]]) => value);
      expect(posted).toEqual(Object.fromEntries(filled));
    });
  },
);

test("an optional field says so, a required one says nothing", () => {
  const optional = fields.optional(fields.text());
  expect(show({ field: optional, value: undefined }).querySelector("label")?.text).toBe("Die Frage (freiwillig)");
  expect(show({ field: fields.text(), value: undefined }).querySelector("label")?.text).toBe("Die Frage");
});

test("numbers, codes, dates and amounts stay left to right, free text follows what is typed", () => {
  for (const field of [fields.text({ ltr: true }), fields.number(1, 9), fields.money(0, 1), fields.date()]) {
    for (const control of controls(show({ field, value: undefined }, { language: "ar" }))) {
      expect(control.classList.contains("ao-ltr")).toBe(true);
    }
  }
  expect(controls(show({ field: fields.text(), value: undefined }, { language: "ar" }))[0]?.getAttribute("dir")).toBe(
    "auto",
  );
});

test("only the person's own birth date is offered by the browser", () => {
  const parts = controls(show({ field: fields.date("bday"), value: undefined }));
  expect(parts.map((part) => part.getAttribute("autocomplete"))).toEqual(["bday-day", "bday-month", "bday-year"]);
  const others = controls(show({ field: fields.date(), value: undefined }));
  expect(others.map((part) => part.getAttribute("autocomplete"))).toEqual(["off", "off", "off"]);
});

test("nothing is chosen in advance", () => {
  for (const kind of kinds) expect(show(kind).querySelector("[checked], option[selected]:not([value=''])")).toBeNull();
});

test("further states open by themselves when one is given", () => {
  const field = fields.countries(3);
  const open = (value: string[]) =>
    show({ field, value, options: states }, { value }).querySelector("details")?.hasAttribute("open");
  expect(open(["IND"])).toBe(false);
  expect(open(["IND", "SYR"])).toBe(true);
});
