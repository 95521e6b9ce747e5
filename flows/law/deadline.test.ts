import { describe, expect, test } from "vitest";
import { addDays } from "#flows/engine/dates.ts";
import { deadlineFor, type Deadline } from "#flows/law/deadline.ts";
import { law, lawWithout, person, today, type Person } from "#flows/law/people.fixture.ts";
import { titleKinds, type Situation, type TitleKind } from "#flows/law/situation.ts";

const deadlineOf = (situation: Situation): Deadline => deadlineFor(situation, law, today);
const titleEnding = (days: number, kind: TitleKind = "residencePermit"): Situation =>
  person("P2", { title: { kind, validUntil: addDays(today, days) } });

describe("deadlines of the personas", () => {
  test.each<[Person, Deadline]>([
    ["P1", { codes: ["L1", "L2"], date: "2027-01-15", days: 55, tone: "soon", effect: "continues" }],
    ["P2", { codes: ["L1", "L2"], date: "2026-12-31", days: 40, tone: "soon", effect: "continues" }],
    ["P4", { codes: ["L1"], date: "2027-03-31", days: 130, tone: "calm", effect: "continues" }],
    ["P5", { codes: ["L1"], date: "2027-01-31", days: 71, tone: "calm", effect: "continues" }],
    ["P11", { codes: [], tone: "none", effect: "titleNotExtended" }],
    ["E1", { codes: ["L12"], date: "2026-12-05", days: 14, tone: "urgent", effect: "none" }],
    ["E2", { codes: ["L4"], date: "2026-11-10", days: -11, tone: "expired", effect: "discretion" }],
  ])("%s", (name, expected) => {
    expect(deadlineOf(person(name))).toEqual(expected);
  });
});

describe("days left of a title", () => {
  test.each<[number, string[], string]>([
    [57, ["L1"], "calm"],
    [56, ["L1", "L2"], "soon"],
    [15, ["L1", "L2"], "soon"],
    [14, ["L1", "L2", "L3"], "urgent"],
    [0, ["L1", "L2", "L3"], "urgent"],
    [-1, ["L4"], "expired"],
  ])("%i days give %j and the tone %s", (days, codes, tone) => {
    expect(deadlineOf(titleEnding(days))).toMatchObject({ codes, days, tone });
  });

  test.each<TitleKind>(["nationalVisa", "blueCard", "ictCard"])("%s continues like a residence permit", (kind) => {
    expect(deadlineOf(titleEnding(0, kind)).effect).toBe("continues");
  });

  test("a missing date promises nothing", () => {
    expect(deadlineOf(person("P2", { title: { kind: "residencePermit" } }))).toEqual({
      codes: [],
      tone: "none",
      effect: "unknown",
    });
  });

  test("a card, a paper or a condition does not extend the title, and near its end this is said", () => {
    for (const request of ["card", "travelDocument", "certificate", "condition"] as const) {
      const situation = { ...titleEnding(10), request };
      expect(deadlineOf(situation)).toMatchObject({ codes: ["L2", "L3"], effect: "titleNotExtended" });
    }
  });

  test("the opportunity right of residence continues only for the titles that may follow it", () => {
    expect(deadlineOf({ ...titleEnding(30), opportunityRight: true })).toMatchObject({
      codes: ["L2"],
      effect: "opportunityRight",
    });
    expect(deadlineOf({ ...titleEnding(30), opportunityRight: true, service: "H-25b" }).effect).toBe("continues");
  });

  test("without the rows of the periods only the fact of a valid title is left", () => {
    const bare = lawWithout("period.applySoon", "period.applyUrgent");
    expect(deadlineFor(titleEnding(3), bare, today)).toMatchObject({ codes: ["L1"], tone: "calm" });
  });
});

const visitor = (nationality: string, entry: string, changes: Partial<Situation> = {}): Situation =>
  person("P1", { nationalities: [nationality], title: { kind: "none" }, entry, ...changes });

describe("without a title", () => {
  test("nationals of § 41 AufenthV have 90 days after entry", () => {
    expect(deadlineOf(visitor("USA", "2026-11-01"))).toEqual({
      codes: ["L5", "L8"],
      date: "2027-01-30",
      days: 70,
      tone: "calm",
      effect: "allowed",
    });
    expect(deadlineOf(visitor("USA", addDays(today, -90)))).toMatchObject({ codes: ["L5", "L8"], days: 0 });
    expect(deadlineOf(visitor("USA", addDays(today, -91)))).toMatchObject({
      codes: ["L8", "L6"],
      days: -1,
      tone: "expired",
      effect: "removalSuspended",
    });
  });

  test("the second list of § 41 does not help for work", () => {
    const student = { service: "A-16b" };
    const { work: _work, ...withoutWork } = visitor("BRA", "2026-11-01", student);
    expect(deadlineOf(withoutWork).codes).toEqual(["L5", "L8"]);
    expect(deadlineOf(visitor("BRA", "2026-11-01")).codes).toEqual(["L5"]);
  });

  test("other visa-free visitors count the day of entry and need an entitlement", () => {
    expect(deadlineOf(visitor("SRB", "2026-11-01"))).toMatchObject({
      codes: ["L5"],
      date: "2027-01-29",
      effect: "allowedIfEntitled",
    });
    expect(deadlineOf(visitor("SRB", addDays(today, -89)))).toMatchObject({ codes: ["L5"], days: 0 });
    expect(deadlineOf(visitor("SRB", addDays(today, -90)))).toMatchObject({ codes: ["L6"], days: -1 });
  });

  test("people from Ukraine have 90 days with the day of entry, so the conservative date shows", () => {
    const situation = visitor("UKR", "2026-11-10", { service: "H-24" });
    expect(deadlineOf(situation)).toMatchObject({ codes: ["L5"], date: "2027-02-07", effect: "allowed" });
  });

  test("an entry whose 90 days outlast the ordinance shows no date", () => {
    expect(deadlineOf(visitor("UKR", "2026-12-20", { service: "H-24" })).date).toBeUndefined();
  });

  test("without the period the case stays but has no date", () => {
    const situation = visitor("USA", "2026-11-01");
    expect(deadlineFor(situation, lawWithout("period.entry41"), today)).toEqual({
      codes: ["L5", "L8"],
      tone: "soon",
      effect: "allowed",
    });
  });
});

describe("other papers", () => {
  test("a Schengen visa is never extended by an application", () => {
    expect(deadlineOf(titleEnding(80, "schengenVisa"))).toMatchObject({ codes: ["L7"], tone: "soon", effect: "none" });
    expect(deadlineOf(titleEnding(-1, "schengenVisa"))).toMatchObject({
      codes: ["L7"],
      tone: "expired",
      effect: "none",
    });
  });

  test.each<TitleKind>(["duldung", "gestattung"])("%s ends on its date", (kind) => {
    expect(deadlineOf(titleEnding(57, kind))).toMatchObject({ codes: ["L12"], tone: "calm", effect: "none" });
    expect(deadlineOf(titleEnding(-1, kind))).toMatchObject({ codes: ["L12"], tone: "expired", effect: "none" });
  });

  test.each<TitleKind>(["settlementPermit", "euLongTerm"])("%s has no deadline", (kind) => {
    expect(deadlineOf(person("P2", { title: { kind } }))).toEqual({ codes: [], tone: "none", effect: "unlimited" });
  });

  test("an expired certificate of provisional residence does not end its effect", () => {
    expect(deadlineOf(titleEnding(-5, "fiktion"))).toMatchObject({ codes: [], tone: "urgent", effect: "pending" });
  });

  test("a Blue Card of another state has a month after entry", () => {
    const situation = person("P1", { title: { kind: "otherEuTitle" }, entry: "2026-10-31" });
    expect(deadlineOf(situation)).toMatchObject({ codes: ["L5", "L11"], date: "2026-11-30", days: 9, tone: "urgent" });
    expect(deadlineOf({ ...situation, entry: "2026-10-20" })).toMatchObject({
      codes: ["L11"],
      days: -1,
      tone: "expired",
    });
    expect(deadlineOf({ ...situation, service: "W-18b" }).codes).toEqual(["L5"]);
    expect(deadlineOf({ ...situation, work: { otherBlueCard: true } }).codes).toEqual(["L5", "L11"]);
    expect(deadlineOf({ ...situation, work: { otherBlueCard: false } }).codes).toEqual(["L5"]);
  });

  test("an employer of workers abroad has no deadline", () => {
    const situation = person("P1", { service: "W-FAST", title: { kind: "none" } });
    expect(deadlineOf(situation)).toEqual({ codes: [], tone: "none", effect: "visaAbroad" });
  });

  test("a person without status reads neutral words", () => {
    expect(deadlineOf(person("P1", { title: { kind: "noStatus" } }))).toEqual({
      codes: [],
      tone: "none",
      effect: "counselling",
    });
  });
});

describe("dates of birth and family", () => {
  test("a newborn's application has six months", () => {
    const child = person("P1", { service: "FAM-33", birth: "2026-08-31", title: { kind: "none" } });
    expect(deadlineOf(child)).toMatchObject({ codes: ["L9"], date: "2027-02-28", effect: "allowed" });
    expect(deadlineOf({ ...child, birth: "2026-05-20" })).toMatchObject({
      days: -1,
      tone: "expired",
      effect: "discretion",
    });
  });

  test("family of EU citizens has three months and a right by law", () => {
    const family = person("P1", { service: "EU-CARD", entry: "2026-09-01" });
    expect(deadlineOf(family)).toMatchObject({ codes: ["L10"], date: "2026-12-01", effect: "rightByLaw" });
    expect(deadlineOf({ ...family, entry: "2026-01-01" }).tone).toBe("urgent");
  });

  test("the 16th birthday counts for the settlement permit of minors, the title's end stays the date", () => {
    const child = person("P2", { service: "N-35", request: "permanent", birth: "2010-01-01" });
    expect(deadlineOf(child)).toMatchObject({ codes: ["L13", "L1", "L2"], date: "2026-12-31" });
    expect(deadlineOf({ ...child, birth: "2008-11-21" }).codes).toEqual(["L1", "L2"]);
  });

  test("well-integrated youth apply before 27, in the worst case of a birth year", () => {
    const youth = person("E1", { service: "H-25a", request: "change", birth: "2000" });
    expect(deadlineOf(youth)).toMatchObject({ codes: ["L12", "L13"], date: "2026-12-05" });
    expect(deadlineOf({ ...youth, birth: "1999-11-30" })).toMatchObject({
      codes: ["L13"],
      date: "2026-11-29",
      days: 8,
    });
  });

  test("the age counts for holders of § 104c AufenthG too, but for no extension", () => {
    const title = { kind: "residencePermit", validUntil: "2027-01-31" } as const;
    const youth = person("E1", {
      service: "H-25a",
      request: "change",
      birth: "2005-04-01",
      title,
      opportunityRight: true,
    });
    expect(deadlineOf(youth)).toMatchObject({ codes: ["L13", "L1"], date: "2027-01-31", effect: "continues" });
    expect(deadlineOf({ ...youth, birth: "1999-12-15" })).toMatchObject({ codes: ["L13"], date: "2026-12-14" });
    expect(deadlineOf({ ...youth, request: "extension" }).codes).toEqual(["L1"]);
  });
});

test("every kind of title gives a deadline, even without law, entry or birth date", () => {
  for (const kind of titleKinds) {
    const bare: Situation = { service: "W-18g", request: "first", nationalities: [], title: { kind } };
    expect(() => deadlineFor(bare, {}, today)).not.toThrow();
  }
});
