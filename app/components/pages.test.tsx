import { expect, test } from "vitest";
import { AccessSheet } from "#app/components/AccessSheet.tsx";
import { DefaultSubmit } from "#app/components/Button.tsx";
import { ContextBar } from "#app/components/ContextBar.tsx";
import { DeadlineBanner } from "#app/components/DeadlineBanner.tsx";
import { ErrorPage } from "#app/components/ErrorPage.tsx";
import { ErrorSummary } from "#app/components/ErrorSummary.tsx";
import { evidenceControls, EvidenceUpload } from "#app/components/EvidenceUpload.tsx";
import { GroupList } from "#app/components/GroupList.tsx";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { PageHead } from "#app/components/PageHead.tsx";
import { QrCode } from "#app/components/QrCode.tsx";
import { ReceiptPaper } from "#app/components/ReceiptPaper.tsx";
import { ReviewSection } from "#app/components/Review.tsx";
import { SectionsNav } from "#app/components/SectionsNav.tsx";
import { Timeline } from "#app/components/Timeline.tsx";
import { html, idFaults, markup } from "#tests/support/markup.tsx";

const languageLinks = { de: "/de/x", en: "/en/x", uk: "/uk/x", ru: "/ru/x", ar: "/ar/x" };
const footer = { imprint: "/i", privacy: "/p", accessibility: "/a", barrier: "/b" };
const authority = { id: "potsdam", name: "Landeshauptstadt Potsdam", letter: "P", href: "/de/potsdam" };

function frame(props: { demo: boolean; official?: boolean }) {
  return (
    <PageFrame authority={authority} homeHref="/" languageLinks={languageLinks} help={{}} footer={footer} {...props}>
      <h1>Titel</h1>
    </PageFrame>
  );
}

test("the frame has one header, main, footer and help, and a skip link to main", () => {
  const root = markup(frame({ demo: true, official: true }));
  for (const name of ["header", "main", "footer"]) expect(root.querySelectorAll(name)).toHaveLength(1);
  expect(root.querySelector(".ao-skip")?.getAttribute("href")).toBe(`#${root.querySelector("main")?.id}`);
  expect(root.querySelector("main")?.getAttribute("tabindex")).toBe("-1");
  expect(idFaults(root)).toEqual([]);
});

test("the demo says on its pages that no authority receives the application, production does not", () => {
  expect(html(frame({ demo: true }))).toContain("DEMO: Keine Behörde erhält diesen Antrag");
  expect(html(frame({ demo: false }))).not.toContain("DEMO");
});

test("only public bodies show the strip of official websites", () => {
  expect(markup(frame({ demo: false, official: true })).querySelector(".kern-kopfzeile")).not.toBeNull();
  expect(markup(frame({ demo: false })).querySelector(".kern-kopfzeile")).toBeNull();
});

test("the switch names every language in its own words and marks the present one", () => {
  const links = markup(frame({ demo: false }), "ar").querySelectorAll(".ao-lang__list a");
  expect(links.map((link) => link.getAttribute("hreflang"))).toEqual(Object.keys(languageLinks));
  const current = links.filter((link) => link.getAttribute("aria-current"));
  expect(current.map((link) => link.text)).toEqual(["العربية"]);
});

test("no component writes an inline style or script, which the content security policy forbids", () => {
  const page = (
    <>
      {frame({ demo: true, official: true })}
      <ContextBar title="Blaue Karte EU" saved={{ state: "saved", time: "14:32" }} />
      <QrCode modules={[[true]]} label="QR" />
    </>
  );
  expect(html(page)).not.toMatch(/ style=|<script|<style| on\w+=/);
});

test("the error summary counts, links to the fields and takes the focus without script", () => {
  const one = [{ control: "passportNumber", message: "Geben Sie die Passnummer ein." }];
  const root = markup(<ErrorSummary problems={[...one, { control: "validUntil.day", message: "Zu früh." }]} />);
  expect(root.querySelector("h2")?.text).toBe("Bitte prüfen Sie 2 Angaben");
  expect(root.querySelectorAll("a").map((link) => link.getAttribute("href"))).toEqual([
    "#f-passportNumber",
    "#f-validUntil-day",
  ]);
  const box = root.querySelector("#errors");
  expect(box?.hasAttribute("autofocus")).toBe(true);
  expect(box?.getAttribute("tabindex")).toBe("-1");
  expect(markup(<ErrorSummary problems={one} />).querySelector("h2")?.text).toBe("Bitte prüfen Sie eine Angabe");
  expect(html(<ErrorSummary problems={[]} />)).toBe("");
});

test("the draft bar shows the code in groups and the day of deletion", () => {
  const code = { groups: ["7K4M", "Q2XN", "9D3T"], retentionDate: "21.12.2026" };
  const root = markup(<ContextBar title="Blaue Karte EU" saved={{ state: "failed" }} code={code} />);
  expect(root.querySelectorAll(".ao-resume__code span").map((group) => group.text)).toEqual(code.groups);
  expect(root.text).toContain("21.12.2026");
  expect(root.querySelector("[role=status]")?.text).toBe("Nicht gespeichert. Bitte noch einmal.");
});

test("only sections that can be reached are links, and the present one is marked", () => {
  const root = markup(
    <SectionsNav
      sections={[
        { title: "Person", state: "done", href: "/person" },
        { title: "Reisepass", state: "here", href: "/pass" },
        { title: "Familie", state: "open" },
      ]}
    />,
  );
  expect(root.querySelectorAll("a").map((link) => link.getAttribute("href"))).toEqual(["/person"]);
  expect(root.querySelector("[aria-current=step]")?.text).toContain("Sie sind hier");
  expect(root.querySelector("summary")?.text).toContain("Abschnitt 2 von 3: Reisepass");
});

test("every state of a section or an event is said in words, not by colour alone", () => {
  const steps = markup(
    <Timeline
      entries={[
        { state: "done", title: "Abgesendet" },
        { state: "here", title: "Unterlagen" },
        { state: "open", title: "Termin" },
      ]}
    />,
  );
  expect(steps.querySelectorAll("li").map((entry) => entry.text)).toEqual([
    "Abgesendet (erledigt)",
    "Unterlagen (jetzt)",
    "Termin (kommt noch)",
  ]);
});

function leaf(days: number) {
  const banner = <DeadlineBanner tone="soon" title="Frist" text="Text" days={days} />;
  return markup(banner).querySelector(".ao-deadline__leaf");
}

test("a deadline counts the days in words of the language and hides the leaf from assistive technology", () => {
  expect(leaf(1)?.text).toBe("1Tag");
  expect(leaf(55)?.text).toBe("55Tage");
  expect(leaf(55)?.getAttribute("aria-hidden")).toBe("true");
});

test("an entry of a group is changed by a link and removed by a post", () => {
  const item = { id: "a1", title: "Lena", isComplete: false, editHref: "/kind/a1" };
  const root = markup(<GroupList items={[item]} empty="Noch niemand." addLabel="Kind hinzufügen" />);
  expect(root.querySelector("a")?.text).toBe("Ändern: Lena");
  const remove = root.querySelector("button[name=remove]");
  expect([remove?.getAttribute("value"), remove?.text]).toEqual(["a1", "Entfernen: Lena"]);
  expect(root.text).toContain("Angaben fehlen noch");
  expect(html(<GroupList items={[]} empty="Noch niemand." />)).toContain("Noch niemand.");
});

test("evidence keeps its files beside a refused one and names what each button removes", () => {
  const root = markup(
    <form>
      <DefaultSubmit />
      <EvidenceUpload
        code="CONTR"
        title="Arbeitsvertrag"
        state="refused"
        files={[{ id: "f1", name: "vertrag.pdf", note: "1,2 MB" }]}
        refused={[{ name: "scan.pdf", reason: "Diese PDF hat ein Passwort." }]}
        rules="PDF bis 10 MB"
        accept="application/pdf"
        later={{ isChosen: false, reason: "" }}
        error="Laden Sie eine Datei hoch."
      />
    </form>,
  );
  expect(idFaults(root)).toEqual([]);
  expect(root.querySelector("button[name=remove]")?.text).toBe("Entfernen: vertrag.pdf");
  expect(root.querySelector(".ao-file--refused")?.text).toContain("Diese PDF hat ein Passwort.");
  expect(root.querySelector("button")?.hasAttribute("name")).toBe(false);
  const names = evidenceControls("CONTR");
  expect(root.querySelector("[type=file]")?.getAttribute("name")).toBe(names.files);
  expect(root.querySelector("[type=checkbox]")?.getAttribute("name")).toBe(names.later);
});

test("an answer is isolated from the direction of the page", () => {
  const rows = [
    { label: "Passnummer", value: "X0000001", isCode: true },
    { label: "Adresse", value: ["Musterallee 1", "14467 Potsdam"] },
  ];
  const root = markup(
    <ReviewSection title="Person" blocks={[{ title: "Reisepass", rows, editHref: "/person" }]} />,
    "ar",
  );
  expect(root.querySelector(".ao-code")?.text).toBe("X0000001");
  expect(root.querySelectorAll("bdi").map((line) => line.text)).toEqual(rows[1]!.value);
});

test("the German term stands beside a translation only", () => {
  const head = <PageHead title="جواز سفرك" titleDe="Reisepass" />;
  expect(markup(head, "ar").querySelector("[lang=de]")?.text).toBe("Reisepass");
  expect(markup(head, "de").querySelector("[lang=de]")).toBeNull();
});

test("a QR code keeps its quiet zone and draws exactly its dark modules", () => {
  const root = markup(
    <QrCode
      modules={[
        [true, true, false],
        [false, false, false],
        [true, false, true],
      ]}
      label="QR"
    />,
  );
  expect(root.querySelector("svg")?.getAttribute("viewBox")).toBe("-4 -4 11 11");
  expect(root.querySelector("path")?.getAttribute("d")).toBe("M0 0h2v1h-2zM0 2h1v1h-1zM2 2h1v1h-1z");
});

test("the access sheet warns, and an error page says what to do", () => {
  expect(html(<AccessSheet title="Zugang" paragraphs={[]} groups={["7K4M"]} />)).toContain(
    "Zeigen Sie diesen Code niemandem",
  );
  const page = markup(<ErrorPage kind="server" code="F-7KQ2" homeHref="/de" />);
  expect(page.querySelector("h1")?.text).toBe("Da ist uns ein Fehler passiert");
  expect(page.querySelector("a")?.getAttribute("href")).toBe("/de");
});

test("a German receipt on an Arabic page reads from left to right and says its language", () => {
  const receipt = (
    <ReceiptPaper
      authority="Landeshauptstadt Potsdam"
      office="Ausländerbehörde"
      filedAt="21.11.2026, 14:58:07 Uhr"
      title="Eingangsbestätigung"
      reference="TRHW KPNX"
      rows={[]}
      meaning={{ title: "Was das bedeutet", paragraphs: [], warning: "Das ist keine Entscheidung." }}
      qr={{ modules: [[true]], caption: "Echtheit prüfen" }}
      checksums={[]}
      labels={{ product: "Aufenthalt Online", reference: "Vorgangsnummer", checksums: "Prüfsummen", qr: "QR-Code" }}
      lang="de"
    />
  );
  const paper = markup(receipt, "ar").querySelector("article");
  expect([paper?.getAttribute("lang"), paper?.getAttribute("dir")]).toEqual(["de", "ltr"]);
  expect(paper?.text).not.toMatch(/\p{Script=Arabic}/u);
});
