import { ageBand } from "#flows/law/age.ts";
import { foundIf, unclear, unlessFound, type Rule } from "#flows/law/basis/rule.ts";
import { lawValue } from "#flows/law/law.ts";
import { isSection26, isWesternBalkans } from "#flows/law/nationals.ts";
import { needsPensionProof } from "#flows/law/pension.ts";
import type { ListedJob } from "#flows/law/situations/work.ts";

/** Where the BeschV names a job; a job without a row is one that the person could not find in the list. */
const norms: Readonly<Record<Exclude<ListedJob, "otherListed" | "nationality">, string>> = {
  auPair: "§ 12 BeschV",
  specialistCook: "§ 11 Abs. 2 BeschV",
  driver: "§ 24a BeschV",
  careAssistant: "§ 22a BeschV",
  languageTeacher: "§ 11 Abs. 1 BeschV",
  executive: "§ 3 BeschV",
  scientificStaff: "§ 5 BeschV",
  staffExchange: "§ 10 BeschV",
  internship: "§ 15 BeschV",
  religious: "§ 14 Abs. 1a BeschV",
  athlete: "§ 22 Nr. 4 BeschV",
  artist: "§ 25 BeschV",
};

const general = "§ 19c Abs. 1 AufenthG";

/** The paragraph for certain nationalities: the first for some states, the second for the western Balkans. */
function nationalityNorm(nationalities: readonly string[]): string {
  if (isSection26(nationalities)) return "§ 26 Abs. 1 BeschV";
  return isWesternBalkans(nationalities) ? "§ 26 Abs. 2 BeschV" : "§ 26 BeschV";
}

/** Jobs of the BeschV, each with its norm; the age of an au pair and the nationality of § 26 are looked at. */
export const listedJob: Rule = (situation, law, today) => {
  const { nationalities, birth, request, work } = situation;
  const job = work?.listedJob;
  if (job === undefined) return unclear(general);
  if (job === "otherListed") return unclear(general, "listedJobOpen");
  const norm = job === "nationality" ? nationalityNorm(nationalities) : norms[job];
  const limit = lawValue(law, "age.auPair");
  const isTooOld = limit !== undefined && request !== "extension" && ageBand(birth, today, limit) === "reached";
  const isOtherState = !isSection26(nationalities) && !isWesternBalkans(nationalities);
  return unlessFound(
    `${general}, ${norm}`,
    ...foundIf(job === "auPair" && isTooOld, "auPairAge"),
    ...foundIf(job === "nationality" && isOtherState, "nationalityRule"),
    ...foundIf(needsPensionProof(situation, law, today), "pensionProof"),
    ...foundIf(work?.regulatedProfession, "licenceNeeded"),
  );
};
