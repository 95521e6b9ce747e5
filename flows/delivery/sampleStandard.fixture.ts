import type { Standard, Written } from "#flows/delivery/standard.ts";
import codes from "#flows/delivery/xauslaender2611/codes.json" with { type: "json" };
import model from "#flows/delivery/xauslaender2611/model.json" with { type: "json" };
import { xauslaender2611 } from "#flows/delivery/xauslaender2611/standard.ts";
import unverified from "#flows/delivery/xauslaender2611/unverified.json" with { type: "json" };
import { readModel } from "#flows/delivery/xoev/model.ts";

const before = { namespace: xauslaender2611.schemaUri, version: model.version, day: "antragsdatum" } as const;
const namespace = "http://www.example.org/xauslaender9901";
const version = "99.1";
const day = "eingangstag";

const application = model.messages["130101"];
const messages = {
  ...model.messages,
  ...unverified.messages,
  "130101": { ...application, sequence: application.sequence.map((line) => line.replace(before.day, day)) },
};
const [prefix] = Object.keys(model.namespaces);
const namespaces = { ...model.namespaces, [prefix ?? ""]: { uri: namespace, qualified: true } };

/** The same message in the made-up version; what people wrote holds no tags. */
function rewritten({ type, xml }: Written): Written {
  const renamed = xml.replaceAll(`:${before.day}>`, `:${day}>`);
  return {
    type,
    xml: renamed
      .replace(`"${before.namespace}"`, `"${namespace}"`)
      .replace(`version="${before.version}"`, `version="${version}"`),
  };
}

/** A version that does not exist: another namespace, and one element with another name. */
export const sampleStandard: Standard = {
  ...xauslaender2611,
  id: `xauslaender-${version}`,
  model: readModel({ ...model, version, namespaces, messages }, codes.codes),
  schemaUri: namespace,
  application: (input) => rewritten(xauslaender2611.application(input)),
  answer: (input) => rewritten(xauslaender2611.answer(input)),
  withdrawal: (input) => rewritten(xauslaender2611.withdrawal(input)),
  documents: (input) => rewritten(xauslaender2611.documents(input)),
};
