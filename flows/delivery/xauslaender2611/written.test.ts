import { expect, test } from "vitest";
import { envelope } from "./envelope.fixture.ts";
import { writeWithdrawal } from "./withdrawal.ts";

test("the version of the list of directories is the operator's", () => {
  const { xml } = writeWithdrawal({ ...envelope, directoryVersion: "7", reference: "AAAA-BBBB-CCCC" });
  const versions = [...xml.matchAll(/codeliste:verzeichnisdienst" listVersionID="(\w+)"/g)].map(
    ([, version]) => version,
  );
  expect(versions).toEqual(["7", "7"]);
});
