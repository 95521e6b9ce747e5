// @ts-check
import { createHash } from "node:crypto";
import { cp, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/**
 * Contract tests for a receiver of the drop: lays messages into a mailbox as the service does and looks at what the receiver
 * makes of them. Needs Node 20 and nothing else; with `libxml2-wasm` installed beside it, answers are validated, too.
 *
 * @typedef {{ folder: string, title: string, expect: "accepted" | "rejected" | "ignored", messageId: string, reference: string }} Case
 * @typedef {{ status: string, at: string, messageId: string, problems?: string[] }} Ack
 */

const USAGE = `usage: node contract/run.mjs --mailbox FOLDER [--wait SECONDS]
  FOLDER is the mailbox that your receiver empties: out/, acks/ and answers/ lie below it. For each run both mailbox and
  receiver must be empty: the messages have the same ids every time, and a receiver counts each id once.`;

/** The arguments or the mailbox are of no use; the message says what to do. */
class Unusable extends Error {}

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

/** What the service takes of an acknowledgement; everything else is refused. */
const ACK_KEYS = ["messageId", "status", "at", "problems"];
const STATUS = ["pickedUp", "accepted", "rejected"];
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/**
 * What is wrong with an acknowledgement by drop.md; undefined if nothing is.
 * @param {any} ack
 * @param {string} messageId
 */
function faultOf(ack, messageId) {
  if (typeof ack !== "object" || ack === null) return "it is no object";
  const foreign = Object.keys(ack).find((key) => !ACK_KEYS.includes(key));
  if (foreign !== undefined) return `unknown key "${foreign}"`;
  if (String(ack.messageId).toLowerCase() !== messageId) return "messageId is not that of the message";
  if (!STATUS.includes(ack.status)) return `status is none of ${STATUS.join(", ")}`;
  if (!MOMENT.test(ack.at)) return "at is no moment with a zone, like 2026-11-21T09:12:00Z";
  return undefined;
}

/**
 * The acknowledgements of a message so far, and what is wrong with them.
 * @param {string} mailbox
 * @param {string} messageId
 * @returns {Promise<{ acks: Ack[], fault?: string | undefined }>}
 */
async function acksOf(mailbox, messageId) {
  const path = join(mailbox, "acks", `${messageId}.json`);
  if (!(await exists(path))) return { acks: [] };
  try {
    const read = await json(path);
    const acks = Array.isArray(read) ? read : [read];
    const [fault] = acks.flatMap((ack) => faultOf(ack, messageId) ?? []);
    return fault === undefined ? { acks } : { acks: [], fault };
  } catch {
    return { acks: [], fault: "it is no JSON" };
  }
}

/**
 * Lays a message into the mailbox as the service does: under a hidden name first, then renamed.
 * @param {string} mailbox
 * @param {Case} message
 * @param {string} pack
 */
async function lay(mailbox, { folder, messageId }, pack) {
  const hidden = join(mailbox, "out", `.tmp-${messageId}-contract`);
  await cp(join(pack, folder), hidden, { recursive: true });
  await rename(hidden, join(mailbox, "out", messageId));
}

/**
 * Traces of an earlier run would be taken for the receiver's work.
 * @param {string} mailbox
 * @param {readonly Case[]} cases
 */
async function checkEmpty(mailbox, cases) {
  if (!(await exists(join(mailbox, "out")))) throw new Unusable(`${mailbox} has no folder out. Is it the mailbox?`);
  const names = await Promise.all(["out", "acks", "answers"].map((folder) => namesIn(join(mailbox, folder))));
  const left = names.flat().some((name) => cases.some(({ messageId }) => name.includes(messageId)));
  if (left || names[2]?.length) throw new Unusable("There is something of an earlier run: empty mailbox and receiver.");
}

/**
 * What stands in an element of an answer.
 * @param {string} xml
 * @param {string} name
 */
const textOf = (xml, name) => new RegExp(`<(?:[\\w.-]+:)?${name}>\\s*([^<\\s]*)`).exec(xml)?.[1];

/**
 * Tells whether an answer takes a message over: status 01, 02 or 03 of message 130104.
 * @param {string} xml
 * @param {string} messageId
 */
function takesOver(xml, messageId) {
  const isStatus = /<(?:[\w.-]+:)?OZG\.Statusmeldung\.130104[\s>]/.test(xml);
  const code = /<(?:[\w.-]+:)?status[^>]*>\s*<code>\s*(\d\d)/.exec(xml)?.[1];
  return isStatus && ["01", "02", "03"].includes(code ?? "") && textOf(xml, "ausloeserUUID") === messageId;
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
 * Where to look if a case fails.
 * @param {Case} message
 * @param {string} [what]
 */
const detailOf = ({ folder, messageId }, what) => [what, `message ${messageId}`, folder].filter(Boolean).join("; ");

/**
 * Runs all cases and prints a line for each check. @returns exit code
 * @param {{ mailbox: string, waitMs: number, pack: string }} options
 */
async function run({ mailbox, waitMs, pack }) {
  /** @type {Case[]} */
  const cases = await json(join(pack, "contract", "cases.json"));
  await checkEmpty(mailbox, cases);
  const count = { passed: 0, failed: 0 };
  /** @param {string} title @param {boolean} isRight @param {string} [detail] */
  const tell = (title, isRight, detail) => {
    count[isRight ? "passed" : "failed"] += 1;
    console.log(`${isRight ? "ok" : "NOT OK"} - ${title}${isRight || detail === undefined ? "" : ` (${detail})`}`);
  };

  // All at once, as on a day when many apply.
  for (const { title, isRight, detail } of await Promise.all(cases.map(check))) tell(title, isRight, detail);

  /**
   * Lays one message and waits for what becomes of it.
   * @param {Case} one
   * @returns {Promise<{ title: string, isRight: boolean, detail: string }>}
   */
  async function check(one) {
    const { title, messageId } = one;
    if (one.expect === "ignored") {
      const hidden = join(mailbox, "out", `.tmp-${messageId}-contract`);
      await cp(join(pack, one.folder), hidden, { recursive: true });
      await pause(SETTLED_MS);
      const { acks, fault } = await acksOf(mailbox, messageId);
      const isRight = (await exists(hidden)) && acks.length === 0 && fault === undefined;
      await rm(hidden, { recursive: true, force: true });
      return { title, isRight, detail: detailOf(one) };
    }
    await lay(mailbox, one, pack);
    const isAnswered = async () => [...(await answersIn(mailbox)).values()].some((xml) => takesOver(xml, messageId));
    const verdict = async () => (await acksOf(mailbox, messageId)).acks.findLast(({ status }) => status !== "pickedUp");
    await until(async () => (await verdict()) !== undefined || (await isAnswered()), waitMs);
    const said = (await verdict())?.status ?? ((await isAnswered()) ? "accepted" : "nothing");
    const { fault } = await acksOf(mailbox, messageId);
    const what = fault === undefined ? `it said ${said}` : `its acknowledgement cannot be read: ${fault}`;
    return { title, isRight: said === one.expect, detail: detailOf(one, what) };
  }

  const first = cases.find(({ expect }) => expect === "accepted");
  if (first) await layTwice(first);

  /**
   * Lays a message once more, whether or not the receiver dealt with it the first time.
   * @param {Case} message
   */
  async function layTwice(message) {
    const title = "the same message laid twice counts once";
    const isGone = async () => !(await exists(join(mailbox, "out", message.messageId)));
    if (!(await isGone())) return tell(title, false, "the first one still lies in out: take it away when you have it");
    const before = (await acksOf(mailbox, message.messageId)).acks.length;
    const answers = (await answersIn(mailbox)).size;
    await lay(mailbox, message, pack);
    await until(isGone, waitMs);
    await pause(SETTLED_MS);
    const { acks } = await acksOf(mailbox, message.messageId);
    const verdicts = acks.filter(({ status }) => status !== "pickedUp").length;
    if (!(await isGone())) return tell(title, false, "the second one was not taken away");
    const isOnce = verdicts <= Math.max(1, before) && (await answersIn(mailbox)).size === answers;
    tell(title, isOnce, "it was answered twice");
  }

  const validate = await answerValidator(pack);
  for (const [name, xml] of await answersIn(mailbox)) {
    const known = cases.some(
      ({ messageId, reference }) =>
        textOf(xml, "ausloeserUUID") === messageId && textOf(xml, "antragsidentifikation") === reference,
    );
    const short = createHash("sha256").update(name).digest("hex").slice(0, 8);
    tell(`the answer ${short} names the message it answers and its reference`, known);
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
  const pack = fileURLToPath(new URL("..", import.meta.url));
  process.exitCode = await run({ mailbox: values.mailbox, waitMs: Number(values.wait) * 1_000, pack }).catch(
    (error) => {
      if (!(error instanceof Unusable)) throw error;
      console.error(error.message);
      return 2;
    },
  );
}
