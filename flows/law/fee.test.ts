import { describe, expect, test } from "vitest";
import { feeFor, type Fee } from "#flows/law/fee.ts";
import { law, lawWithout, person, today, type Person } from "#flows/law/people.fixture.ts";
import type { Situation } from "#flows/law/situation.ts";

const feeOf = (situation: Situation): Fee => feeFor(situation, law, today);
const amountOf = (situation: Situation): unknown => {
  const fee = feeOf(situation);
  return fee.kind === "exact" ? fee.cents : fee.kind === "range" ? [fee.from, fee.to] : "unknown";
};
const codesOf = (situation: Situation): string[] => feeOf(situation).reasons.map((line) => line.code);

describe("fees of the personas", () => {
  test.each<[Person, number]>([
    ["P1", 10_000],
    ["P2", 9_300],
    ["P4", 9_800],
    ["P5", 10_000],
    ["P11", 8_200],
    ["E1", 0],
    ["E2", 9_300],
  ])("%s pays %i cents", (name, cents) => {
    expect(feeOf(person(name))).toMatchObject({ kind: "exact", cents });
  });

  test("P11 sees the card and the delivery as two lines", () => {
    expect(feeOf(person("P11")).reasons).toEqual([
      { code: "newCard", cents: 6_700 },
      { code: "postalDelivery", cents: 1_500 },
      { code: "dueOnFiling", cents: 6_700 },
    ]);
  });

  test("E1 without benefits pays 33 to 37 euros, by the form of the paper", () => {
    expect(amountOf(person("E1", { onBenefits: false }))).toEqual([3_300, 3_700]);
  });
});

describe("base event", () => {
  test.each<[string, Partial<Situation>, number]>([
    ["extension of at most three months", { request: "extension", shortExtension: true }, 9_600],
    ["extension of more than three months", { request: "extension", shortExtension: false }, 9_300],
    ["settlement permit", { service: "N-9", request: "permanent" }, 11_300],
    ["settlement of the highly qualified", { service: "N-18c3", request: "permanent" }, 14_700],
    ["settlement of the self-employed", { service: "N-21-4", request: "permanent" }, 12_400],
    ["long-term residence EU", { service: "N-9a", request: "permanent" }, 10_900],
    ["lost card", { service: "D-CARD-L", request: "card" }, 6_700],
    ["address sticker", { service: "D-CARD-D", request: "card", card: { reason: "addressOnly" } }, 0],
    [
      "chip broken without fault",
      { service: "D-CARD-C", request: "card", card: { reason: "defect", ownFault: false } },
      0,
    ],
    [
      "chip broken by fault",
      { service: "D-CARD-C", request: "card", card: { reason: "defect", ownFault: true } },
      6_700,
    ],
    ["other condition", { service: "C-COND", request: "condition" }, 5_000],
    ["employment condition", { service: "C-WORK", request: "condition" }, 0],
    ["certificate of provisional residence", { service: "D-FIKT", request: "certificate" }, 1_300],
    ["declaration of commitment", { service: "D-VE" }, 2_900],
    ["fast track", { service: "W-FAST" }, 41_100],
    ["travel document for refugees", { service: "D-RA-F", request: "travelDocument" }, 7_000],
    ["travel document for foreigners", { service: "D-RA-A", request: "travelDocument" }, 10_000],
    ["card for family of EU citizens", { service: "EU-CARD" }, 4_600],
  ])("%s", (_name, changes, cents) => {
    expect(amountOf(person("P1", changes))).toBe(cents);
  });

  test.each(["duldung", "gestattung", "none", "noStatus"] as const)(
    "somebody with %s has no permit whose purpose could change, and is granted one",
    (kind) => {
      const situation = person("P4", { service: "W-19d", title: { kind } });
      expect([amountOf(situation), codesOf(situation)[0]]).toEqual([10_000, "grant"]);
    },
  );

  test("a switch to the Blue Card counts as a grant and says that practice differs", () => {
    const situation = person("P1", { request: "change" });
    expect(amountOf(situation)).toBe(10_000);
    expect(codesOf(situation)).toEqual(["changeToBlueCard", "dueOnFiling", "unverified"]);
  });

  test("who broke the chip decides, and while it is open the fee is a range", () => {
    expect(amountOf(person("P1", { service: "D-CARD-C", request: "card", card: { reason: "defect" } }))).toEqual([
      0, 6_700,
    ]);
  });

  test.each([
    [0, 41_100],
    [1, 41_100],
    [2, 82_200],
  ])("the fast track is charged for each worker: %i (§ 47 Abs. 1 Nr. 15 AufenthV)", (count, cents) => {
    const workers = Array.from({ length: count }, () => ({}));
    expect(amountOf(person("P1", { service: "W-FAST", work: { workers } }))).toBe(cents);
  });

  test.each(["schengenVisa", "otherEuTitle", "duldung"] as const)(
    "who holds %s changes nothing, but is granted",
    (kind) => {
      expect(amountOf(person("P4", { title: { kind } }))).toBe(10_000);
    },
  );

  test("a travel document without a rule has no known fee", () => {
    expect(feeOf(person("P1", { service: "X-1", request: "travelDocument" }))).toEqual({
      kind: "unknown",
      reasons: [{ code: "unknownAmount" }],
    });
  });
});

describe("regimes", () => {
  const turkish = { nationalities: ["TUR"], turkishAssociation: true } as const;

  test("Turkish association rights lead to the fee of an identity card", () => {
    expect(amountOf(person("P2", turkish))).toBe(4_600);
    expect(amountOf(person("P2", { ...turkish, birth: "2004-01-01" }))).toBe(2_760);
    expect(codesOf(person("P2", turkish))).toContain("turkishAssociation");
  });

  test("Turkish association rights make conditions and certificates free", () => {
    expect(amountOf(person("P2", { ...turkish, service: "C-COND", request: "condition" }))).toBe(0);
    expect(amountOf(person("P2", { ...turkish, service: "D-FIKT", request: "certificate" }))).toBe(0);
  });

  test("benefits and protection exempt whom a regime is for, as everybody else", () => {
    expect(amountOf(person("P2", { ...turkish, onBenefits: true }))).toBe(0);
    expect(amountOf(person("P11", { ...turkish, protectedStatus: true }))).toBe(1_500);
    expect(amountOf(person("P4", { ...turkish, onBenefits: true }))).toBe(4_600);
    expect(amountOf(person("P1", { nationalities: ["CHE"], onBenefits: true }))).toBe(0);
  });

  test("Turkish nationality alone changes nothing", () => {
    expect(amountOf(person("P2", { nationalities: ["TUR"] }))).toBe(9_300);
  });

  test("Swiss nationals pay the fee of an identity card, and no half of it", () => {
    expect(amountOf(person("P1", { nationalities: ["CHE"] }))).toBe(4_600);
    expect(amountOf(person("P1", { nationalities: ["CHE"], birth: "2015-01-01" }))).toBe(2_760);
  });

  test("a birth year around 24 leaves both amounts open", () => {
    const situation = person("P1", { service: "EU-CARD", birth: "2002" });
    expect(amountOf(situation)).toEqual([2_760, 4_600]);
    expect(codesOf(situation)).toContain("ageOpen");
  });
});

describe("exemptions", () => {
  test("benefits free grant, extension and condition, but not the change of purpose (§ 53 AufenthV)", () => {
    expect(amountOf(person("P1", { onBenefits: true }))).toBe(0);
    expect(amountOf(person("P2", { onBenefits: true }))).toBe(0);
    expect(amountOf(person("P1", { onBenefits: true, service: "C-RES", request: "condition" }))).toBe(0);
    expect(amountOf(person("P4", { onBenefits: true }))).toBe(9_800);
    expect(codesOf(person("P4", { onBenefits: true }))).toContain("benefitsDiscretion");
  });

  test("benefits do not free the card for a lost one, a settlement permit or a travel document", () => {
    expect(amountOf(person("P1", { onBenefits: true, service: "D-CARD-L", request: "card" }))).toBe(6_700);
    expect(amountOf(person("P1", { onBenefits: true, service: "N-9", request: "permanent" }))).toBe(11_300);
    expect(amountOf(person("P1", { onBenefits: true, service: "D-RA-F", request: "travelDocument" }))).toBe(7_000);
  });

  test("protection frees settlement and a new passport's card, not the lost card (§ 52 Abs. 3 AufenthV)", () => {
    expect(amountOf(person("P1", { protectedStatus: true, service: "N-26", request: "permanent" }))).toBe(0);
    expect(amountOf(person("P1", { protectedStatus: true, service: "D-CARD-P", request: "card" }))).toBe(0);
    expect(amountOf(person("P1", { protectedStatus: true, service: "D-CARD-L", request: "card" }))).toBe(6_700);
    expect(amountOf(person("P1", { protectedStatus: true, service: "N-21-4", request: "permanent" }))).toBe(12_400);
  });

  test("a public scholarship frees grant and extension, not a settlement permit", () => {
    expect(feeOf(person("P1", { publicScholarship: true })).reasons).toContainEqual({
      code: "publicScholarship",
      cents: 0,
    });
    expect(amountOf(person("P1", { publicScholarship: true, service: "N-9", request: "permanent" }))).toBe(11_300);
  });

  test("temporary protection is normally free, but not for certain", () => {
    expect(amountOf(person("P1", { service: "H-24" }))).toEqual([0, 10_000]);
    expect(amountOf(person("P1", { service: "H-24", onBenefits: true }))).toBe(0);
  });

  test("an exempted card still costs its delivery", () => {
    expect(amountOf(person("P11", { onBenefits: true }))).toBe(1_500);
  });
});

describe("minors", () => {
  test("pay half, delivery included, photo not (§ 50 AufenthV)", () => {
    expect(amountOf(person("P1", { birth: "2010-01-01" }))).toBe(5_000);
    expect(amountOf(person("P2", { birth: "2010-01-01" }))).toBe(4_650);
    expect(amountOf(person("P11", { birth: "2010-01-01" }))).toBe(3_350 + 750);
    expect(amountOf(person("P11", { birth: "2010-01-01", photoAtAuthority: true }))).toBe(3_350 + 750 + 600);
  });

  test("the 18th birthday ends the half on that very day", () => {
    expect(amountOf(person("P1", { birth: "2008-11-22" }))).toBe(5_000);
    expect(amountOf(person("P1", { birth: "2008-11-21" }))).toBe(10_000);
  });

  test("a birth year around 18 gives both amounts", () => {
    expect(amountOf(person("P1", { birth: "2008" }))).toEqual([5_000, 10_000]);
    expect(codesOf(person("P1", { birth: "2008" }))).toContain("minorOpen");
    expect(amountOf(person("P1", { birth: "2008-10" }))).toBe(10_000);
    expect(amountOf(person("P1", { birth: "2009" }))).toBe(5_000);
  });

  test("settlement at 16 has its own amount and no half of it", () => {
    expect(amountOf(person("P1", { service: "N-35", request: "permanent", birth: "2010-01-01" }))).toBe(5_500);
    // From 18 it is an ordinary settlement permit; a vague birth date leaves both open.
    const child = person("P1", { service: "N-35", request: "permanent", birth: "2008-11-21" });
    expect(amountOf(child)).toBe(11_300);
    expect(feeOf({ ...child, birth: "2008" })).toMatchObject({ kind: "range", from: 5_500, to: 11_300 });
  });

  test("long-term residence EU has no half, which nobody has confirmed", () => {
    const situation = person("P1", { service: "N-9a", request: "permanent", birth: "2010-01-01" });
    expect(amountOf(situation)).toBe(10_900);
    expect(codesOf(situation)).toContain("unverified");
  });
});

describe("what is due and what is unknown", () => {
  test("a settlement permit is half due on filing, other titles in full (§ 49 AufenthV)", () => {
    expect(feeOf(person("P1", { service: "N-9", request: "permanent" })).reasons).toContainEqual({
      code: "dueOnFiling",
      cents: 5_650,
    });
    expect(feeOf(person("P1")).reasons).toContainEqual({ code: "dueOnFiling", cents: 10_000 });
  });

  test.each(["fee.ae1", "fee.minorShare"])("without the row %s the fee is unknown", (id) => {
    const fee = feeFor(person("P1", { birth: "2010-01-01" }), lawWithout(id), today);
    expect(fee.kind).toBe("unknown");
    expect(fee.reasons.at(-1)).toEqual({ code: "unknownAmount" });
  });

  test("without the row of the delivery the whole fee is unknown", () => {
    expect(feeFor(person("P11"), lawWithout("fee.post"), today).kind).toBe("unknown");
  });

  test("no law at all throws nothing", () => {
    expect(feeFor(person("P1"), {}, today).kind).toBe("unknown");
  });
});
