import { parse } from "node-html-parser";
import { describe, expect, test } from "vitest";
import * as plain from "#tests/support/plainBrowser.ts";
import { bodyOf, readForm, readLink, readReference } from "./form.ts";

const fields = `
  <input type="hidden" name="csrf" value="a&amp;b"/><input id="f1" name="familyName" value="O&#x27;TESTENKO"/>
  <select name="country"><option value=""></option><option value="UKR" selected="">Україна</option></select>
  <textarea name="mrz">P&lt;UKR</textarea>
  <input type="radio" name="sex" value="w" checked=""/><input type="radio" name="sex" value="m"/>
  <input type="checkbox" name="later" value="yes"/>`;
const pageOf = (form: string) => `<header><form method="post"><input name="no"/></form></header><main>${form}</main>`;
const documentOf = (text: string): plain.PlainPage => ({
  url: new URL("http://127.0.0.1/uk/potsdam/H-24/name"),
  status: 200,
  headers: new Headers(),
  text,
  document: parse(text),
});
const filled = { values: { sex: ["m"], later: ["yes"], familyName: ["ТЕСТЕНКО"] }, press: ["add", "yes"] } as const;

describe("a form read by its tags", () => {
  const text = pageOf(`<form method="post" class="ao-form">${fields}<button name="add" value="yes">+</button></form>`);

  test("has the controls that a whole document has, and is posted the same way", () => {
    const form = readForm(text) ?? expect.fail("no form");
    expect(form.controls).toEqual(plain.controlsOf(documentOf(text)));
    expect(form).toMatchObject({ isList: true, isMultipart: false });
    for (const filling of [{ values: {} }, filled])
      expect(bodyOf(form, filling).bytes.toString()).toBe(String(plain.bodyOf(documentOf(text), filling)));
  });

  test("sends files as a browser does", async () => {
    const form = readForm(
      pageOf(
        `<form method="post" encType="multipart/form-data">${fields}<input type="file" name="UA-NAT.files"/></form>`,
      ),
    );
    const { type, bytes } = bodyOf(form ?? expect.fail("no form"), {
      ...filled,
      files: { "UA-NAT.files": Buffer.from([0, 13, 10, 255]) },
    });
    const body = await new Response(new Uint8Array(bytes), { headers: { "content-type": type } }).formData();
    expect(body.get("familyName")).toBe("ТЕСТЕНКО");
    const file = body.get("UA-NAT.files");
    expect(file instanceof File ? [...new Uint8Array(await file.arrayBuffer())] : file).toEqual([0, 13, 10, 255]);
  });
});

test("a page without form has its main button, and a receipt its reference", () => {
  const page = `<main><a class="kern-btn kern-btn--primary" href="/uk/potsdam/H-24/name?a=1&amp;b=2">Далі</a></main>`;
  expect([readForm(page), readLink(page)]).toEqual([undefined, "/uk/potsdam/H-24/name?a=1&b=2"]);
  expect(readLink(pageOf(""))).toBeUndefined();
  expect(readReference(`<p class="ao-ref" translate="no">1234-5678-9012</p>`)).toBe("1234-5678-9012");
});
