import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { format } from "prettier";
import { templateFiles } from "#app/import/template.ts";
import { publishedFiles } from "#app/cli/vendor/published.ts";
import { germanPdfWords } from "#app/i18n/words.ts";
import { payloadJsonSchema } from "#flows/delivery/payload.ts";
import { standards } from "#flows/delivery/standards.ts";
import { services } from "#flows/services/registry.ts";

const FOLDER = "public/schemas";

const TEMPLATES = "public/templates";

/**
 * Writes what vendors need of our messages: the JSON Schema of every service from its zod schema, the XML schemas of the
 * standards from their models, and the tables of what goes where; and the templates of centres for files that they send us.
 * Tests hold all of them together.
 */
mkdirSync(FOLDER, { recursive: true });
for (const service of Object.values(services)) {
  const text = await format(JSON.stringify(payloadJsonSchema(service, germanPdfWords)), {
    parser: "json",
    printWidth: 120,
  });
  const file = join(FOLDER, `${service.id}-${service.version}.schema.json`);
  writeFileSync(file, text);
  console.log(`Wrote ${file}`);
}
for (const { id } of standards) rmSync(join(FOLDER, id), { recursive: true, force: true });
for (const [name, text] of Object.entries(publishedFiles())) {
  const file = join(FOLDER, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`Wrote ${file}`);
}
mkdirSync(TEMPLATES, { recursive: true });
for (const [name, text] of Object.entries(templateFiles())) {
  writeFileSync(join(TEMPLATES, name), text);
  console.log(`Wrote ${join(TEMPLATES, name)}`);
}
