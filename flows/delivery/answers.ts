import type { Payload } from "#flows/delivery/payload.ts";
import type { Coded } from "#flows/delivery/value.ts";

/** Answers of one entry of a list, or of the whole application, by the names of their fields. */
export type Answers = {
  /** Names of all fields that were answered. */
  names: readonly string[];
  text: (name: string) => string | undefined;
  code: (name: string) => Coded | undefined;
  codes: (name: string) => readonly Coded[];
  number: (name: string) => number | undefined;
  isYes: (name: string) => boolean;
};

/** The answers of a payload: fields of all sections, and the entries of its lists by the name of the list. */
export type PayloadAnswers = Answers & { list: (group: string) => readonly Answers[] };

type Values = Readonly<Record<string, unknown>>;
const isValues = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isCoded = (value: unknown): value is Coded =>
  isValues(value) && typeof value["code"] === "string" && typeof value["text"] === "string";

function reader(values: Values): Answers {
  return {
    names: Object.keys(values),
    text: (name) => {
      const value = values[name];
      return typeof value === "string" && value !== "" ? value : undefined;
    },
    code: (name) => {
      const value = values[name];
      return isCoded(value) ? value : undefined;
    },
    codes: (name) => {
      const value = values[name];
      return Array.isArray(value) ? value.filter(isCoded) : [];
    },
    number: (name) => {
      const value = values[name];
      return typeof value === "number" ? value : undefined;
    },
    isYes: (name) => values[name] === true,
  };
}

/** Reads the answers of a payload by field: names of fields are unique in the project, sections only arrange them. */
export function answersIn({ data }: Pick<Payload, "data">): PayloadAnswers {
  const sections = Object.values(data).filter(isValues);
  return {
    ...reader(Object.assign({}, ...sections) as Values),
    list: (group) => {
      const items = data[group];
      return Array.isArray(items) ? items.filter(isValues).map(reader) : [];
    },
  };
}
