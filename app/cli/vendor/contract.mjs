// @ts-check
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";

/**
 * Contract tests for a receiver of the drop: lays messages into a mailbox as the service does and looks at what the receiver
 * makes of them. Needs Node 20 and nothing else; with `libxml2-wasm` installed beside it, answers are validated, too.
 *
 * @typedef {{ folder: string, title: string, expect: "accepted" | "rejected" | "ignored", messageId: string }} Case
 * @typedef {{ status: string, at: string, messageId: string, problems?: string[] }} Ack
 */

const USAGE = `usage: node contract/run.mjs --mailbox FOLDER [--wait SECONDS]
  FOLDER is the mailbox that your receiver empties: out/, acks/ and answers/ lie below it.`;

const LOOK_MS = 250;
const SETTLED_MS = 2_000;

/** @param {string} path */
const json = async (path) => JSON.parse(await readFile(path, "utf8"));

/** @param {string} folder */
const namesIn = (folder) => readdir(folder).catch(() => /** @type {string[]} */ ([]));

/** @param {string} path */
const exists = (path) =>
  stat(path).then(
    () => true,
    () => false,
  );

/**
 * The acknowledgements of a message so far, oldest first.
 * @param {string} mailbox
 * @param {string} messageId
 * @returns {Promise<Ack[]>}
 */
async function acksOf(mailbox, messageId) {
  const path = join(mailbox, "acks", `${messageId}.json`);
  if (!(await exists(path))) return [];
  const read = await json(path);
  return Array.isArray(read) ? read : [read];
}

/**
 * Lays a message into the mailbox as the service does: under a hidden name first, then renamed.
 * @param {string} mailbox
 * @param {Case} message
 * @param {string} pack
 */
async function lay(mailbox, { folder, messageId }, pack) {
  const hidden = join(mailbox, "out", `.tmp-${messageId}-contract`);
  await mkdir(join(mailbox, "out"), { recursive: true });
  await cp(join(pack, folder), hidden, { recursive: true });
  await rename(hidden, join(mailbox, "out", messageId));
}

/**
 * Waits until something is true, for so long at most.
 * @param {() => Promise<boolean>} isTrue
 * @param {number} waitMs
 */
async function until(isTrue, waitMs) {
  for (const end = Date.now() + waitMs; Date.now() < end; await pause(LOOK_MS)) if (await isTrue()) return true;
  return isTrue();
}

/**
 * The answers of the receiver as text, by file name.
 * @param {string} mailbox
 */
async function answersIn(mailbox) {
  const folder = join(mailbox, "answers");
  const names = (await namesIn(folder)).filter((name) => name.endsWith(".xml"));
  return new Map(
    await Promise.all(
      names.map(async (name) => /** @type {const} */ ([name, await readFile(join(folder, name), "utf8")])),
    ),
  );
}

/**
 * Validates answers by the schema of the pack, if the library is there.
 * @param {string} pack
 * @returns {Promise<((xml: string) => string | undefined) | undefined>} what is wrong with an answer
 */
async function answerValidator(pack) {
  const library = await import("libxml2-wasm").catch(() => undefined);
  if (!library) return undefined;
  const { xmlRegisterFsInputProviders } = await import("libxml2-wasm/lib/nodejs.mjs");
  xmlRegisterFsInputProviders();
  const path = join(pack, "schemas", "xauslaender-26.11", "xauslaender.xsd");
  const schema = library.XmlDocument.fromBuffer(await readFile(path), { url: path });
  const validator = library.XsdValidator.fromDoc(schema);
  return (xml) => {
    try {
      const document = library.XmlDocument.fromString(xml);
      validator.validate(document);
      document.dispose();
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : "unreadable";
    }
  };
}

/**
 * Runs all cases and prints a line for each check. @returns exit code
 * @param {{ mailbox: string, waitMs: number, pack: string }} options
 */
async function run({ mailbox, waitMs, pack }) {
  /** @type {Case[]} */
  const cases = await json(join(pack, "contract", "cases.json"));
  const count = { passed: 0, failed: 0 };
  /** @param {string} title @param {boolean} isRight @param {string} [detail] */
  const tell = (title, isRight, detail) => {
    count[isRight ? "passed" : "failed"] += 1;
    console.log(`${isRight ? "ok" : "NOT OK"} - ${title}${isRight || detail === undefined ? "" : ` (${detail})`}`);
  };

  for (const one of cases) {
    if (one.expect === "ignored") {
      const hidden = join(mailbox, "out", `.tmp-${one.messageId}-contract`);
      await cp(join(pack, one.folder), hidden, { recursive: true });
      await pause(SETTLED_MS);
      tell(one.title, (await exists(hidden)) && (await acksOf(mailbox, one.messageId)).length === 0);
      continue;
    }
    await lay(mailbox, one, pack);
    const isAnswered = async () => [...(await answersIn(mailbox)).values()].some((xml) => xml.includes(one.messageId));
    const verdict = async () => (await acksOf(mailbox, one.messageId)).findLast(({ status }) => status !== "pickedUp");
    await until(async () => (await verdict()) !== undefined || (await isAnswered()), waitMs);
    const said = (await verdict())?.status ?? ((await isAnswered()) ? "accepted" : "nothing");
    tell(one.title, said === one.expect, `it said ${said}`);
  }

  const first = cases.find(({ expect }) => expect === "accepted");
  if (first) {
    const before = { acks: await acksOf(mailbox, first.messageId), answers: (await answersIn(mailbox)).size };
    await lay(mailbox, first, pack);
    await until(async () => !(await exists(join(mailbox, "out", first.messageId))), waitMs);
    await pause(SETTLED_MS);
    const verdicts = (await acksOf(mailbox, first.messageId)).filter(({ status }) => status !== "pickedUp").length;
    const isOnce = verdicts <= Math.max(1, before.acks.length) && (await answersIn(mailbox)).size === before.answers;
    tell("the same message laid twice counts once", isOnce);
  }

  const validate = await answerValidator(pack);
  for (const [name, xml] of await answersIn(mailbox)) {
    const known = cases.some(({ messageId }) => xml.includes(`>${messageId}<`));
    tell(
      `the answer ${createHash("sha256").update(name).digest("hex").slice(0, 8)} names the message it answers`,
      known,
    );
    if (validate) tell("… and is valid by the schema", validate(xml) === undefined, validate(xml));
  }
  if (!validate)
    console.log("# answers were not validated: libxml2-wasm is not installed (npm install in this folder)");
  console.log(`${count.passed} passed, ${count.failed} failed`);
  return count.failed === 0 && count.passed > 0 ? 0 : 1;
}

const { values } = parseArgs({ options: { mailbox: { type: "string" }, wait: { type: "string", default: "60" } } });
if (values.mailbox === undefined || !(Number(values.wait) > 0)) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  const pack = new URL("..", import.meta.url).pathname;
  process.exitCode = await run({ mailbox: values.mailbox, waitMs: Number(values.wait) * 1_000, pack });
}
