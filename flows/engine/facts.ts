import type { IsoDate } from "#flows/engine/dates.ts";
import type { Field, Fields, ValueOf } from "#flows/engine/fields.ts";
import type { Law } from "#flows/law/law.ts";

/** A question that an authority adds by configuration. */
export type ExtraQuestion = {
  id: string;
  kind: "yesNo" | "choice" | "text" | "date";
  label: string;
  hint?: string;
  options?: readonly { id: string; label: string }[];
  optional: boolean;
};

/** What an authority switches on or adds; plain data of its configuration file. */
export type Settings = {
  /** Services that this authority offers online. */
  services: readonly string[];
  extraQuestions: readonly ExtraQuestion[];
  /** Asks for convictions and proceedings (domain 2.5: authorities differ). */
  askOffences: boolean;
  /** Card by post (§ 47 I Nr. 16 AufenthV) is on offer. */
  postalDelivery: boolean;
  /** Asks men of certain ages from Ukraine for proof about military duties; missing = no (domain 3.1: M). */
  militaryQuestion?: boolean;
  /** Takes applications of people from Ukraine only after their registration; missing = no (domain 3.2, step 3). */
  registrationFirst?: boolean;
  /** Somebody of a counselling or reception centre began the application for the person; missing = no. */
  helped?: boolean;
};

/** Everything a guard, a rule or a schema may look at: no clock, no database, only these facts. */
export type Facts<A = Answers<Steps>> = {
  answers: A;
  /** Calendar date in Europe/Berlin, taken once per request. */
  today: IsoDate;
  law: Law;
  settings: Settings;
};

/** The facts that do not come from the person. */
export type Setting = Omit<Facts, "answers">;

type Checked<F extends Fields> = Partial<{ [K in keyof F]: ValueOf<F[K]> }>;
type Check<A = Readonly<Record<string, unknown>>> = (answers: A, facts: Facts) => Problems;
type When<Name extends string = string> = Readonly<Partial<Record<Name, (facts: Facts) => boolean>>>;

/** Problems of a page beyond single fields: field name to error code. */
export type Problems = Readonly<Partial<Record<string, string>>>;

/** A page of questions. `check` sees the answers of this page together with those given before. */
export type FieldsStep<F extends Fields = Fields> = {
  kind: "fields";
  section: string;
  fields: F;
  check: Check;
  /** Fields that only some people are asked for: whatever stands in one that is not asked is dropped. */
  when?: When;
};
/** The page of questions that the authority's configuration adds. */
export type ExtraStep = { kind: "extra"; section: string };
/** A list of persons or things; each item is walked by the group's own flow. */
export type GroupStep<I extends FlowSteps = FlowSteps> = { kind: "group"; section: string; item: I; max: number };
/** The page where files are handed in. */
export type EvidenceStep = { kind: "evidence"; section: string };
/** The last page: everything at a glance, declarations, submit. */
export type ReviewStep<F extends Fields = Fields> = { kind: "review"; section: string; fields: F };
/** The page that says what the answers so far lead to. */
export type ResultStep = { kind: "result"; section: string };

export type Step = FieldsStep | ExtraStep | GroupStep | EvidenceStep | ReviewStep | ResultStep;
export type Steps = Readonly<Record<string, Step>>;
/** A flow as far as its items' answer types need it. */
export type FlowSteps = { steps: Steps };

/** One entry of a group: its id and the answers of the item's pages. */
export type Item<S extends Steps> = { id: string } & Answers<S>;

type Values<Name, S extends Step> = S extends { fields: infer F extends Record<string, Field> }
  ? { [K in keyof F]: ValueOf<F[K]> }
  : S extends GroupStep<infer I>
    ? { [K in Name & string]: Item<I["steps"]>[] }
    : never;
type Intersect<U> = (U extends unknown ? (x: U) => void : never) extends (x: infer I) => void ? I : never;
/** All answers that the pages of a flow can give; any of them may be missing. */
export type Answers<S extends Steps> = string extends keyof S
  ? Readonly<Record<string, unknown>>
  : Partial<Intersect<{ [Name in keyof S]: Values<Name, S[Name]> }[keyof S]>>;

/** The check of a page whose fields have no rules between them. */
export const noRules: Check = () => ({});

/** A page of questions; `check` holds rules between its fields, `when` says which of them only some people are asked for. */
export function page<const F extends Fields>(
  section: string,
  fields: F,
  check: Check<Checked<F>> = noRules,
  when?: When<keyof F & string>,
): FieldsStep<F> {
  // The page's own fields were parsed before the rules run, so the answers have exactly this type.
  return {
    kind: "fields",
    section,
    fields,
    check: check as Check,
    ...(when === undefined ? {} : { when: when as When }),
  };
}
