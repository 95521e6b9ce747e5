import { mkdirSync, writeFileSync } from "node:fs";
import { format } from "prettier";
import { germanPdfWords } from "#app/i18n/words.ts";
import { payloadJsonSchema } from "#flows/delivery/payload.ts";
import { services } from "#flows/services/registry.ts";

/** Writes the published JSON Schema of every service from its zod schema; a test holds both together. */
mkdirSync("public/schemas", { recursive: true });
for (const service of Object.values(services)) {
  const text = await format(JSON.stringify(payloadJsonSchema(service, germanPdfWords)), {
    parser: "json",
    printWidth: 120,
  });
  const file = `public/schemas/${service.id}-${service.version}.schema.json`;
  writeFileSync(file, text);
  console.log(`Wrote ${file}`);
}
