import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { elementsOfMessage } from "#flows/delivery/xauslaender2611/elements.ts";
import { fateOf, fieldsOfService } from "#flows/delivery/xauslaender2611/fate.ts";
import { messageTypeOf, messageTypes } from "#flows/delivery/xauslaender2611/messageType.ts";
import { xauslaenderModel } from "#flows/delivery/xauslaender2611/model.ts";
import { targets } from "#flows/delivery/xauslaender2611/targets.ts";
import type { TypeModel } from "#flows/delivery/xoev/model.ts";
import { services } from "#flows/services/registry.ts";

/** Outside the repository: not everywhere. */
const GIVEN_MODEL = new URL("../../shared/standards/xauslaender/ozg_model_26.11.json", import.meta.url);

/** Paths of all elements of a message, those that hold others too. */
function pathsOf(type: TypeModel, path = ""): string[] {
  return type.elements.flatMap((element) => {
    const own = path === "" ? element.name : `${path}/${element.name}`;
    const below = xauslaenderModel.types.get(element.type);
    return [own, ...(below ? pathsOf(below, own) : [])];
  });
}

const typesOf = Object.values(services).map(({ id }) => messageTypeOf(id));

describe("what becomes of the answers", () => {
  test.each(Object.values(services))("is said for every field of $id", (service) => {
    const fields = fieldsOfService(service);
    expect(fields.length).toBeGreaterThan(40);
    expect(new Set(fields.map(({ field }) => field)).size).toBe(fields.length);
    const fates = fields.map((field) => fateOf(service, field).kind);
    expect(fates.filter((kind) => kind === "element").length).toBeGreaterThan(20);
    // Only what helps with filling in stays here.
    const kept = fields.filter((field) => fateOf(service, field).kind === "notSent").map(({ field }) => field);
    expect(kept.filter((field) => !["mrz", "emailRepeat"].includes(field))).toEqual([]);
  });

  test("names elements that the message has, for fields that a service asks", () => {
    const asked = new Set(Object.values(services).flatMap((one) => fieldsOfService(one).map(({ field }) => field)));
    for (const type of new Set(typesOf)) {
      const message = xauslaenderModel.messages.get(type)!;
      const paths = new Set(pathsOf(message.type));
      const rows = Object.entries(targets[type] ?? {});
      expect(rows.length, type).toBeGreaterThan(10);
      expect(
        rows.flatMap(([, own]) => own.filter((path) => !paths.has(path))),
        type,
      ).toEqual([]);
      expect(
        rows.map(([field]) => field).filter((field) => !asked.has(field)),
        type,
      ).toEqual([]);
    }
  });

  test.each(Object.values(messageTypes))("is told for every element of %s, filled or not", (type) => {
    const rows = elementsOfMessage(type);
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter(({ filledBy }) => filledBy.length === 0).map(({ path }) => path)).toEqual([]);
    const told = new Set(rows.map(({ path }) => path));
    const message = xauslaenderModel.messages.get(type)!;
    const all = pathsOf(message.type);
    const leaves = all.filter((path) => !all.some((other) => other.startsWith(`${path}/`)));
    expect(leaves.filter((path) => !told.has(path))).toEqual([]);
  });
});

type GivenField = { name: string; min: number; max: number | "*"; type?: string; kind?: string; fields?: GivenField[] };
type GivenType = {
  name?: string;
  id?: string;
  element?: string;
  direction?: string;
  extends?: string;
  kind?: string;
} & {
  fields: GivenField[];
};
type GivenModel = { types: GivenType[]; messages: GivenType[] };

/** Names, order and cardinality of the elements of a given type, with those it inherits. */
function givenLines(model: GivenModel, { extends: parent, fields }: Pick<GivenType, "extends" | "fields">): string[] {
  const inherited = model.types.find(({ name }) => name === parent);
  return [
    ...(inherited ? givenLines(model, inherited) : []),
    ...fields.flatMap((field) => [
      `${field.name} ${field.min} ${field.max}`,
      ...(field.fields ? givenLines(model, field as GivenType).map((line) => `${field.name}/${line}`) : []),
    ]),
  ];
}

/** The same of ours; `isOpen` says of which elements the given model shows what is inside. */
function ourLines(type: TypeModel, isOpen: (path: string) => boolean, path = ""): string[] {
  return type.elements.flatMap(({ name, min, max, type: own }) => {
    const here = `${path}${name}`;
    const below = xauslaenderModel.types.get(own);
    const inner = below && isOpen(`${here}/`) ? ourLines(below, isOpen, `${here}/`) : [];
    return [`${here} ${min} ${max === Number.POSITIVE_INFINITY ? "*" : max}`, ...inner];
  });
}

test("our model has the elements of the transcribed one: names, order, how often", () => {
  if (!existsSync(GIVEN_MODEL)) {
    process.emitWarning(`Our model is compared with nothing: there is no ${GIVEN_MODEL.pathname}`);
    return;
  }
  const given = JSON.parse(readFileSync(GIVEN_MODEL, "utf8")) as GivenModel;
  // The head of all messages belongs to another standard; the transcription names it only.
  const head = new Set(["nachrichtenkopf.g2g", "anschrift.leser", "anschrift.autor"]);
  for (const message of given.messages) {
    const lines = givenLines(given, message);
    const ours = xauslaenderModel.messages.get(message.id!)!;
    const isOpen = (path: string) => lines.some((line) => line.startsWith(path));
    expect(ours.element).toBe(message.element);
    expect(ours.direction).toBe(message.direction === "portal->abh" ? "out" : "in");
    expect(
      ourLines(ours.type, isOpen).filter((line) => !head.has(line.split(" ")[0]!)),
      message.id,
    ).toEqual(lines);
  }
  for (const type of given.types) {
    const lines = givenLines(given, type);
    const isOpen = (path: string) => lines.some((line) => line.startsWith(path));
    const ours = xauslaenderModel.types.get(type.name!)!;
    expect(ours.kind, type.name).toBe(type.kind);
    expect(
      ourLines(ours, isOpen).filter((line) => !head.has(line.split(" ")[0]!)),
      type.name,
    ).toEqual(lines);
  }
  expect(given.messages.length + given.types.length).toBeGreaterThan(35);
});
