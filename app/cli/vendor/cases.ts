import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sampleId, type Sample } from "#app/cli/vendor/samples.ts";
import { transports } from "#app/connector/registry.server.ts";
import type { OutboundMessage } from "#app/connector/transport.ts";
import type { Standard } from "#flows/delivery/standard.ts";

/** What a receiver must make of a message that is laid into its mailbox. */
export type Expectation = "accepted" | "rejected" | "ignored";

/** A message ready to be laid into a mailbox. `folder` is below the pack. */
export type ContractCase = { folder: string; title: string; expect: Expectation; messageId: string; reference: string };

const MAILBOX = "mailbox";

function messageOf({ payload }: Sample, standard: Standard, id: string, xml: string): OutboundMessage {
  return {
    id,
    reference: payload.reference,
    filedOn: payload.filedAt.slice(0, 10),
    service: { leika: payload.service.leika, name: payload.service.title },
    ars: payload.authority.ars,
    data: { bytes: Buffer.from(xml), schemaUri: standard.schemaUri, mimeType: "application/xml" },
    attachments: [],
  };
}

/** Ways in which a message can be wrong; each keeps its UUID, so that the answer can name it. */
const faults: readonly { title: string; change: (xml: string) => string }[] = [
  {
    title: "a message with elements in the wrong order is refused",
    change: (xml) =>
      xml.replace(/(<xauslaender:antragsidentifikation>.*?)\n(<xauslaender:rueckkanalVorhanden>.*?)\n/, "$2\n$1\n"),
  },
  {
    title: "a message of an unknown namespace is refused",
    change: (xml) => xml.replaceAll("xauslaender2611", "xauslaender0000"),
  },
  { title: "a message that is cut off is refused", change: (xml) => xml.slice(0, Math.floor(xml.length / 2)) },
  {
    title: "a message with a document type and entities is refused, and nothing is fetched",
    change: (xml) => xml.replace("?>", '?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'),
  },
];

/**
 * Writes messages into `pack/contract/messages` as the drop itself writes them: right ones, wrong ones, and one that is not
 * finished. With a certificate (PEM file) they are encrypted for it, otherwise plain.
 */
export async function writeCases(
  pack: string,
  samples: readonly Sample[],
  standard: Standard,
  certificate: string | undefined,
): Promise<readonly ContractCase[]> {
  const place = join(pack, "contract", "gateway");
  const out = join(place, MAILBOX, "out");
  mkdirSync(out, { recursive: true });
  const gateway = { id: "vendor", address: { kind: "folder", path: place } as const, certificate };
  const drop = transports({ drop: { gateways: new Map([[gateway.id, gateway]]) } }).get("drop");
  if (!drop) throw new Error("There is no transport drop");
  const cases: ContractCase[] = [];
  const add = async (name: string, title: string, expected: Expectation, sample: Sample, xml: string) => {
    const messageId = sampleId(`contract ${name}`);
    const written = xml.replaceAll(sample.payload.messageId, messageId);
    const options = { kind: "drop", gateway: gateway.id, mailbox: MAILBOX, format: standard.id };
    await drop.deliver(messageOf(sample, standard, messageId, written), options, {}, async () => undefined);
    const folder = join("contract", "messages", name);
    mkdirSync(join(pack, "contract", "messages"), { recursive: true });
    renameSync(join(out, messageId), join(pack, folder));
    cases.push({ folder, title, expect: expected, messageId, reference: sample.payload.reference });
  };
  const [first] = samples;
  if (!first) throw new Error("There are no samples");
  const groups = [...new Map(samples.map((sample) => [sample.group, sample])).values()];
  for (const sample of groups) {
    const title = `an application for ${sample.payload.service.title} (${sample.written.type}) is taken over`;
    await add(sample.group, title, "accepted", sample, sample.written.xml);
  }
  for (const [index, { title, change }] of faults.entries()) {
    if (change(first.written.xml) === first.written.xml) throw new Error(`Nothing is wrong: ${title}`);
    await add(`fault-${index + 1}`, title, "rejected", first, change(first.written.xml));
  }
  await add(
    "changed",
    "a file that does not fit its hash in the manifest is refused",
    "rejected",
    first,
    first.written.xml,
  );
  alterData(join(pack, "contract", "messages", "changed"));
  await add("unfinished", "a folder that is not finished is left alone", "ignored", first, first.written.xml);
  return cases;
}

/** Changes one byte of the data behind the back of the manifest. */
function alterData(folder: string): void {
  const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as { files: { name: string }[] };
  const name = manifest.files[0]?.name ?? "";
  const bytes = readFileSync(join(folder, name));
  const middle = Math.floor(bytes.length / 2);
  bytes.writeUInt8((bytes[middle] ?? 0) ^ 1, middle);
  writeFileSync(join(folder, name), bytes);
}
