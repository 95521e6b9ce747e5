import { expect, test } from "vitest";
import { ApplicationPaper, type ApplicationPaperProps } from "#app/components/ApplicationPaper.tsx";
import { idFaults, markup } from "#tests/support/markup.tsx";

const paper: ApplicationPaperProps = {
  title: { text: "Antrag auf einen Aufenthaltstitel", help: "طلب" },
  subtitle: { text: "Blaue Karte EU" },
  demo: { text: "DEMO" },
  facts: [{ label: { text: "Vorgangsnummer", help: "رقم" }, value: { text: "AAAA-BBBB-CCCC" } }],
  sections: [
    {
      title: { text: "Familie", help: "الأسرة" },
      rows: [],
      groups: [{ title: { text: "Person 1" }, rows: [{ label: { text: "Name" }, value: { text: "محمد" } }] }],
    },
  ],
};

test("German leads from left to right on an Arabic page, and the reading help is told as Arabic", () => {
  const root = markup(<ApplicationPaper {...paper} />, "ar");
  const article = root.querySelector("article");
  expect([article?.getAttribute("lang"), article?.getAttribute("dir")]).toEqual(["de", "ltr"]);
  const helps = root.querySelectorAll(".ao-reading");
  expect(helps.map((help) => [help.textContent, help.getAttribute("lang"), help.getAttribute("dir")])).toEqual([
    ["طلب", "ar", "rtl"],
    ["رقم", "ar", "rtl"],
    ["الأسرة", "ar", "rtl"],
  ]);
});

test("headings go down one level at a time, sections have names, ids are sound", () => {
  const root = markup(<ApplicationPaper {...paper} />);
  expect(root.querySelectorAll("h1, h2, h3, h4").map(({ tagName }) => tagName)).toEqual(["H2", "H3", "H4"]);
  expect(root.querySelectorAll("dt").map(({ textContent }) => textContent)).toEqual(["Vorgangsnummerرقم", "Name"]);
  expect(root.querySelectorAll("section[aria-labelledby]")).toHaveLength(1);
  expect(idFaults(root)).toEqual([]);
});
