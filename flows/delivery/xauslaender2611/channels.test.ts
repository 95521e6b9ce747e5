import { expect, test } from "vitest";
import { channels } from "#flows/delivery/xauslaender2611/channels.ts";
import { createNotes } from "#flows/delivery/xauslaender2611/notes.ts";

test.each([
  ["+49 30 231250", "02"],
  ["0331/123456", "02"],
  ["+49 151 00000000", "03"],
  ["0170 1234567", "03"],
  ["+380 44 123456", "03"],
])("the phone %s is of the kind %s", (phone, kanal) => {
  expect(channels(createNotes(), { phone })).toEqual([{ kanal, kennung: phone }]);
});

test("e-mail comes before phone, and what is not given stays away", () => {
  const both = channels(createNotes(), { phone: "030 1234567", email: "p@example.org" });
  expect(both.map(({ kanal }) => kanal)).toEqual(["01", "02"]);
  expect(channels(createNotes(), {})).toEqual([]);
});
