import { tableOf } from "#app/cli/vendor/table.ts";
import { germanPdfWords } from "#app/i18n/words.ts";
import type { Standard } from "#flows/delivery/standard.ts";
import { standards } from "#flows/delivery/standards.ts";
import { elementsOfMessage } from "#flows/delivery/xauslaender2611/elements.ts";
import { fateOf, fieldsOfService, type Fate, type ServiceField } from "#flows/delivery/xauslaender2611/fate.ts";
import { messageTypeOf, messageTypes } from "#flows/delivery/xauslaender2611/messageType.ts";
import { xauslaender2611 } from "#flows/delivery/xauslaender2611/standard.ts";
import { xsdFiles } from "#flows/delivery/xoev/schema.ts";
import { services } from "#flows/services/registry.ts";
import type { Service } from "#flows/services/service.ts";

/** What stands in every schema file: whose it is, and where the one is that counts. */
function notice({ model: { standard, version } }: Standard): string {
  return (
    `After ${standard} ${version}, not certified: made from facts on the structure that are public, for messages of this service. ` +
    `${standard} is a standard of KoSIT; only its own schema counts, which is in the XRepository (https://www.xrepository.de).`
  );
}

function labelOf(name: string): string {
  const [first = "", field] = name.split("/");
  return field === undefined
    ? germanPdfWords.field(first)
    : `${germanPdfWords.group(first)}: ${germanPdfWords.field(field)}`;
}

function targetOf(fate: Fate): string {
  if (fate.kind === "element") return fate.paths.join(", ");
  return fate.kind === "pdf" ? "PDF" : "not sent";
}

/** Where each answer of a service goes. What stands in an element stands in the PDF, too. */
function fieldTable(service: Service): string {
  const rowOf = (field: ServiceField) => ({
    field: field.field,
    label: labelOf(field.field),
    section: germanPdfWords.section(field.section),
    target: targetOf(fateOf(service, field)),
    message: messageTypeOf(service.id),
  });
  return tableOf(fieldsOfService(service).map(rowOf));
}

/** Where each element of the messages comes from, or why it never stands. */
function elementTable(): string {
  const rows = Object.values(messageTypes).flatMap((message) =>
    elementsOfMessage(message).map(({ path, often, filledBy }) => ({
      message,
      element: path,
      often,
      from: filledBy.join(", "),
    })),
  );
  return tableOf(rows);
}

/**
 * What is published of the standards below `public/schemas/`, by path there: the schemas of every version, and of 26.11 which
 * answer goes where.
 */
export function publishedFiles(): Readonly<Record<string, string>> {
  const schemas = standards.flatMap((standard) =>
    Object.entries(xsdFiles(standard.model, notice(standard))).map(([name, text]) => [`${standard.id}/${name}`, text]),
  );
  const fields = Object.values(services).map((service) => [
    `${xauslaender2611.id}/fields/${service.id}.csv`,
    fieldTable(service),
  ]);
  const elements = [[`${xauslaender2611.id}/elements.csv`, elementTable()]];
  return Object.fromEntries([...schemas, ...fields, ...elements]) as Readonly<Record<string, string>>;
}
