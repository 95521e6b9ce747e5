import type { PayloadAnswers } from "#flows/delivery/answers.ts";
import { channels } from "#flows/delivery/xauslaender2611/channels.ts";
import type { Notes } from "#flows/delivery/xauslaender2611/notes.ts";
import { nameOf } from "#flows/delivery/xauslaender2611/parts.ts";
import { birthOf, residenceOf } from "#flows/delivery/xauslaender2611/person.ts";
import type { Elements } from "#flows/delivery/xoev/content.ts";

const GERMANY = "000";
/** Code of "ozg.aufenthaltstitelart" for people who need no title. */
const FREE_OF_TITLES = "07";
/** Most people whom `finanzielleVerantwortung` can count. */
const MOST_DEPENDANTS = 5;

/** Codes of "ozg.deutschesidentifikationsdokument" by our answers; those that cover several kinds have none. */
const germanPapers: Readonly<Record<string, string>> = { idCard: "01", passport: "03" };
/** Codes of "ozg.auslaendischeidentifikationart". */
const foreignPapers: Readonly<Record<string, string>> = {
  passport: "01",
  travelDocument: "05",
  otherSubstitute: "05",
  idCard: "05",
};

/** How the host shows who they are: by a German paper or a foreign one, and whether they may live here without title. */
function identification(notes: Notes, answers: PayloadAnswers): Elements {
  const paper = answers.code("docType");
  const kind = paper?.answer ?? paper?.code ?? "";
  const issuing = answers.code("issuingState");
  const isFree = answers.code("hostStatus")?.code === "unionCitizen";
  const free = { artDesAufenthaltstitels: FREE_OF_TITLES, vomAufenthaltstitelBefreit: "EU, EWR oder Schweiz" };
  const number = issuing && plain(notes, answers, "number", "nummerDesIdentifikationsdokuments");
  if (issuing?.code === GERMANY) {
    return {
      auslaendischeIdentifikation: isFree ? free : undefined,
      deutscheIdentifikation: {
        artDesIdentifikationsdokuments: germanPapers[kind],
        nummerDesDeutschenIdentifikationsdokuments: number,
        ausstellendeBehoerde: plain(notes, answers, "issuedBy", "ausstellendeBehoerde"),
      },
    };
  }
  if (issuing) notes.placed("issuingState");
  const foreign = issuing && {
    artDesAuslaendischenIdentifikationsdokuments: foreignPapers[kind],
    nummerDesAuslaendischenIdentifikationsdokuments: number,
    ausstellenderStaat: notes.plain("ausstellenderStaat", issuing.text),
  };
  return { auslaendischeIdentifikation: isFree || foreign ? { ...(isFree ? free : {}), ...foreign } : undefined };
}

/** An answer as the text of an element; it needs no note then. */
function plain(notes: Notes, answers: PayloadAnswers, field: string, element: string): string | undefined {
  const text = answers.text(field);
  if (text === undefined) return undefined;
  notes.placed(field);
  return notes.plain(element, text);
}

/** Money in whole euros, as the standard counts; the exact amount stands in the notes. */
const whole = (amount: number | undefined): number | undefined =>
  amount === undefined ? undefined : Math.round(amount);

/** Work, income and expenses. One income is asked for all sources: only if they are of one kind is it known of which. */
function moneyOf(notes: Notes, answers: PayloadAnswers): Elements {
  const sources = answers.codes("incomeSources").map(({ code }) => code);
  const net = whole(answers.number("ownNetMonthly"));
  const isFromJob = sources.includes("job");
  const isFromElsewhere = sources.some((source) => source !== "job");
  const dependants = answers.number("dependants") ?? 0;
  return {
    beruf: plain(notes, answers, "currentJobTitle", "beruf"),
    arbeitgeber: plain(notes, answers, "currentEmployer", "arbeitgeber"),
    arbeitnehmerverhaeltnis: isFromJob && !isFromElsewhere ? { einkuenfte: net } : undefined,
    sonstigeEinkuenfte: isFromJob ? undefined : net,
    regelmaessigeAusgaben: whole(answers.number("rent")),
    finanzielleVerantwortung: dependants > MOST_DEPENDANTS ? undefined : dependants,
  };
}

/** A person who invites (`gastgeber/privat`), without notes and documents. Institutions have no form here. */
export function hostContent(notes: Notes, answers: PayloadAnswers): Elements {
  const birth = birthOf(notes, answers);
  const isGerman = answers.code("hostStatus")?.code === "germanCitizen";
  const address = residenceOf(notes, answers);
  const ways = channels(notes, { email: answers.text("email"), phone: answers.text("phone") });
  return {
    vorname: nameOf(notes, "vorname", answers.text("givenNames")),
    familienname: nameOf(notes, "familienname", answers.text("familyName")),
    ...identification(notes, answers),
    geburtsangaben: birth,
    geschlecht: { geschlecht: answers.code("sex")?.code },
    staatsangehoerigkeit: isGerman ? { staatsangehoerigkeit: GERMANY } : undefined,
    anschrift: address,
    kommunikation: ways,
    ...moneyOf(notes, answers),
    // Nobody proves who they are yet.
    vertrauensniveau: {
      vorname: false,
      familienname: false,
      geburt: {
        geburtsort: false,
        ...(birth["geburtsortStaat"] === undefined ? {} : { geburtsortStaat: false }),
        tagDerGeburt: false,
      },
      staatsangehoerigkeit: isGerman ? false : undefined,
      anschrift: address && false,
      kommunikation: ways.map(() => false),
    },
  };
}
