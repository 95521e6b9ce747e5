import { addDays, latest } from "#flows/engine/dates.ts";
import { foundIf, likely, unclear, type Rule } from "#flows/law/basis/rule.ts";
import { lawDay, lawValue, type Law } from "#flows/law/law.ts";
import type { UkraineSituation } from "#flows/law/situations/ukraine.ts";

/** True for people who surely left Ukraine longer before the war than practice accepts (domain 3.1: U1). */
function leftEarly({ leftOn }: UkraineSituation, law: Law): boolean {
  const [war, days] = [lawDay(law, "date.ukraineWar"), lawValue(law, "period.beforeUkraineWar")];
  return leftOn !== undefined && war !== undefined && days !== undefined && latest(leftOn) < addDays(war, -days);
}

/** Temporary protection for people from Ukraine (§ 24 Abs. 1 AufenthG, Durchführungsbeschluss (EU) 2022/382). */
export const temporaryProtection: Rule = ({ ukraine = {}, title }, law) => {
  const basis = "§ 24 Abs. 1 AufenthG";
  const against = [
    ...foundIf(leftEarly(ukraine, law), "leftUkraineEarly"),
    ...foundIf(ukraine.isTiedElsewhere || title.kind === "otherEuTitle", "protectionElsewhere"),
  ];
  const all = [
    ...against,
    ...foundIf(ukraine.isRegistered === false, "registerFirst"),
    ...foundIf(ukraine.holdsOtherTitle, "otherTitleHeld"),
    ...foundIf(ukraine.isWithRelative, "custodyOpen"),
  ];
  return against.length > 0 ? unclear(basis, ...all) : likely(basis, ...all);
};
