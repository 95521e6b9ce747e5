import { describe, expect, test } from "vitest";
import { readXml } from "#app/xml/parse.server.ts";
import { xauslaenderModel } from "#flows/delivery/xauslaender2611/model.ts";
import { asDatatypeC } from "#flows/delivery/xoev/text.ts";
import { escaped } from "#flows/delivery/xoev/write.ts";
import { applicationMessage as message } from "#tests/support/applicationMessage.ts";

const standard = { model: xauslaenderModel };
const read = (xml: string) => readXml(Buffer.from(xml), standard);
const MB = 1_000_000;
/** Before this line other things are put into the message. */
const FIRST = "<nachrichtenkopf.g2g>";
const withFirst = (xml: string) => message.replace(FIRST, `${xml}${FIRST}`);
const declared = (encoding: string) => message.replace("UTF-8", encoding);
const doctype = (subset: string) => message.replace("?>\n", `?>\n<!DOCTYPE a [${subset}]>\n`);

test("a message is read with its number and what it holds", () => {
  const found = read(message);
  if (!found.ok) throw new Error(found.code);
  expect(found.message.id).toBe("130101");
  expect(found.message.content).toMatchObject({
    antragsidentifikation: "AAAA-BBBB-CCCC",
    grundDesAntrags: "01",
    angabenZurPerson: {
      vorname: { name: "Anika Štěpánka" },
      staatsangehoerigkeit: [{}, {}, {}, { staatsangehoerigkeit: "163" }],
    },
  });
});

test.each([
  ["a byte order mark", `\uFEFF${message}`],
  ["no declaration", message.replace(/^.*\n/, "")],
  ["an encoding in small letters", declared("utf-8")],
  ["instructions between elements", message.replace(/\n<xauslaender:/g, "\n<?a b?><xauslaender:")],
  [
    "a character section, a comment and an instruction in a name",
    message.replace(/Anika/, "<![CDATA[An]]>i<!-- - --><?a b?>ka"),
  ],
])("a message with %s is the same", (_, xml) => {
  expect(read(xml)).toEqual(read(message));
});

test("an address of a schema in the message is not followed and changes nothing", () => {
  const instance = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
  const hint =
    'xsi:schemaLocation="http://www.osci.de/xauslaender2611 file:///etc/passwd urn:x http://127.0.0.1:9/x.xsd"';
  expect(read(message.replace(" standard=", ` ${instance} ${hint} standard=`))).toEqual(read(message));
});

test("every sign of a keyboard, and of datatype C, may stand in a text", () => {
  const codes = Array.from({ length: 0x2200 }, (_, code) => String.fromCodePoint(code));
  const signs = codes.filter((sign) => asDatatypeC(sign).text === sign && sign.trim() !== "");
  expect(signs.join("")).toContain(String.raw`Z[\]^_`);
  const refused = signs.filter((sign) => !read(message.replace("Anika", `A${escaped(sign)}`)).ok);
  expect(refused).toEqual([]);
});

describe("what is unsafe or no message is refused with a word, and the line where there is one", () => {
  test.each([
    [
      "entities that multiply",
      doctype('<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">').replace("Anika", "&b;"),
      "doctype",
    ],
    ["an external entity", doctype('<!ENTITY a SYSTEM "file:///etc/passwd">').replace("Anika", "&a;"), "doctype"],
    [
      "an external document type",
      message.replace("?>\n", '?>\n<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">\n'),
      "doctype",
    ],
    ["ISO-8859-1 declared", declared("ISO-8859-1"), "encoding"],
    ["UTF-16 declared", declared("UTF-16"), "encoding"],
    ["a byte of zero", message.replace("Anika", "An\0ika"), "encoding"],
  ])("%s", (_, xml, code) => {
    expect(read(xml)).toEqual({ ok: false, code });
  });

  test.each([
    ["UTF-16 with a mark", Buffer.from(`\uFEFF${message}`, "utf16le")],
    ["UTF-16 without one", Buffer.from(message, "utf16le")],
    ["bytes of ISO-8859-1", Buffer.from(message, "latin1")],
  ])("%s", (_, bytes) => {
    expect(readXml(bytes, standard)).toEqual({ ok: false, code: "encoding" });
  });

  test.each([
    ["nothing", "", 1],
    ["no XML", "Guten Tag", 1],
    ["an entity that nobody declared", message.replace("Anika", "&amp;&a;"), 39],
    ["an attribute twice", message.replace(" standard=", ' standard="x" standard='), 2],
    ["half a message", message.slice(0, message.indexOf("Anika")), 39],
  ])("%s", (_, xml, line) => {
    expect(read(xml)).toEqual({ ok: false, code: "malformed", line });
  });

  test.each([
    ["another document", '<?xml version="1.0"?>\n<html/>', "unknownMessage", 2],
    ["a type, not a message", message.replaceAll("OZG.Antrag.130101", "OZG.Person"), "unknownMessage", 2],
    [
      "included text",
      withFirst('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'),
      "invalid",
      3,
    ],
    [
      "1000 attributes",
      withFirst(`<a ${Array.from({ length: 1000 }, (__, n) => `a${n}=""`).join(" ")}/>`),
      "invalid",
      3,
    ],
    ["2000 elements in each other", withFirst("<a>".repeat(2000) + "</a>".repeat(2000)), "invalid", 3],
  ])("%s", (_, xml, code, line) => {
    expect(read(xml)).toEqual({ ok: false, code, line });
  });
});

describe("a message that would take memory or time of others is refused at once", () => {
  test.each([
    ["100 MB", "a".repeat(100 * MB)],
    ["200,000 elements in each other", withFirst("<a>".repeat(200_000) + "</a>".repeat(200_000))],
    ["a text of 20 MB that is no document", message.replace("X0000001", "A".repeat(20 * MB))],
    ["a million attributes", withFirst(`<a ${Array.from({ length: MB }, (__, n) => `a${n}=""`).join(" ")}/>`)],
    ["nothing but beginnings", "<".repeat(20 * MB)],
    ["documents in documents", "<dokument>".repeat(2 * MB)],
  ])("%s", (_, xml) => {
    const begun = performance.now();
    expect(read(xml)).toEqual({ ok: false, code: "tooLarge" });
    expect(performance.now() - begun).toBeLessThan(2000);
  });

  test("what may pass by its size is judged in time, and the next message is read", () => {
    const begun = performance.now();
    expect(read(withFirst("<a>".repeat(70_000) + "</a>".repeat(70_000)))).toMatchObject({ code: "malformed" });
    expect(read(withFirst(`<a ${Array.from({ length: 50_000 }, (_, n) => `a${n}=""`).join(" ")}/>`))).toMatchObject({
      code: "invalid",
    });
    expect(read(message.replace("X0000001", "C̆".repeat(150_000))).ok).toBe(true);
    expect(performance.now() - begun).toBeLessThan(5000);
    expect(read(message).ok).toBe(true);
  });
});

test("documents of 20 MB are read whole", () => {
  const document = "QUFB".repeat(5 * MB);
  const found = read(message.replace("<xauslaender:dokument>JVBERi0xLjQK", `<xauslaender:dokument>${document}`));
  if (!found.ok) throw new Error(found.code);
  expect(JSON.stringify(found.message.content).includes(document)).toBe(true);
});

test("thousands of messages, good and bad, take no more memory than the first ones", () => {
  const messages = [message, message.replace("<code>LD", "<code>XX"), message.replace("Anika", "&a;"), doctype("")];
  const round = () => {
    for (let run = 0; run < 1000; run += 1) read(messages[run % messages.length] ?? "");
    return process.memoryUsage().rss / MB;
  };
  round();
  const before = round();
  round();
  expect(round() - before).toBeLessThan(20);
});
