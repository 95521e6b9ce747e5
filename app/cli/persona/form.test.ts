import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser } from "#app/cli/persona/browser.ts";
import { submit } from "#app/cli/persona/form.ts";

const fields = `
  <input type="hidden" name="csrf" value="a&amp;b">
  <input name="city" value="old">
  <textarea name="note">as it was</textarea>
  <input type="radio" name="sex" value="w"><input type="radio" name="sex" value="m">
  <input type="checkbox" name="needs" value="x" checked><input type="checkbox" name="needs" value="y">
  <select name="state"><option value="">–</option><option value="IND">Indien</option></select>
  <input name="gone" value="1" disabled>
  <button type="submit">Save</button><button type="submit" name="add" value="yes">Add</button>`;
const pages: Readonly<Record<string, string>> = {
  "/plain": `<main><form method="post" action="/echo">${fields}</form></main>`,
  "/files": `<main><form method="post" action="/echo" enctype="multipart/form-data"><input type="hidden" name="csrf" value="t"><input type="file" name="PASS.files"><input type="file" name="KV.files"></form></main>`,
  "/refusing": `<main><form method="post" action="/refuse"></form></main>`,
};

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString("latin1");
}

let posted = { body: "", cookie: "" };
const server = createServer(async (request, response) => {
  const path = request.url ?? "";
  const body = await bodyOf(request);
  if (path === "/refuse") {
    response.writeHead(422).end('<main><div id="errors"><a href="#x">Type the town.</a></div></main>');
  } else if (path === "/echo") {
    posted = { body, cookie: request.headers.cookie ?? "" };
    response.writeHead(303, { location: "/done", "set-cookie": ["a=; Max-Age=0", "b=2"] }).end();
  } else if (path === "/done") {
    response.end(`<main>${request.method} ${request.headers.cookie}</main>`);
  } else {
    response.writeHead(200, { "set-cookie": "a=1; Path=/; HttpOnly" }).end(pages[path]);
  }
});
let base: URL;
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  base = new URL(`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`);
});
afterAll(() => server.close());

async function send(path: string, filling: Parameters<typeof submit>[2]) {
  const browser = openBrowser(base);
  return submit(browser, await browser.open(path), filling);
}

describe("a form without script", () => {
  test("sends what stands in it, what was filled in, and the pressed button", async () => {
    await send("/plain", { values: { city: ["Köln"], sex: ["m"], needs: ["y"], state: ["IND"] }, press: "add" });
    expect([...new URLSearchParams(Buffer.from(posted.body, "latin1").toString())]).toEqual([
      ["csrf", "a&b"],
      ["city", "Köln"],
      ["note", "as it was"],
      ["sex", "m"],
      ["needs", "y"],
      ["state", "IND"],
      ["add", "yes"],
    ]);
  });

  test("keeps cookies, drops ended ones, and follows the redirect", async () => {
    const page = await send("/plain", { values: {} });
    expect(posted.cookie).toBe("a=1");
    expect(page.document.textContent).toBe("GET b=2");
  });

  test("sends fields before files, and an empty file field as a browser does", async () => {
    const file = fileURLToPath(import.meta.url);
    await send("/files", { values: {}, uploads: new Map([["PASS.files", [file]]]) });
    const parts = [...posted.body.matchAll(/name="([^"]*)"(?:; filename="([^"]*)")?/g)].slice(0, 2);
    expect(parts.map(([, name, filename]) => [name, filename])).toEqual([
      ["csrf", undefined],
      ["PASS.files", "form.test.ts"],
    ]);
    expect(posted.body).toContain('name="KV.files"; filename=""');
  });

  test("never types into a control, chooses an answer or presses a button that the page does not have", async () => {
    await expect(send("/plain", { values: { town: ["x"] } })).rejects.toThrow('no control "town"');
    await expect(send("/plain", { values: { gone: ["x"] } })).rejects.toThrow('no control "gone"');
    await expect(send("/plain", { values: { sex: ["d"] } })).rejects.toThrow('no answer "d" for "sex"');
    await expect(send("/plain", { values: { state: ["USA"] } })).rejects.toThrow('no answer "USA" for "state"');
    await expect(send("/plain", { values: {}, press: "remove" })).rejects.toThrow('no button "remove"');
    await expect(send("/files", { values: {}, uploads: new Map([["X.files", []]]) })).rejects.toThrow(
      'no file "X.files"',
    );
  });

  test("says what the page refuses in the page's words", async () => {
    await expect(send("/refusing", { values: {} })).rejects.toThrow("answered 422:\nType the town.");
  });
});
