import type { Standard } from "#flows/delivery/standard.ts";
import { placing } from "#flows/delivery/xauslaender2611/placing.ts";
import { readLetter } from "#flows/delivery/xauslaender2611/letter.ts";
import { writeAnswer } from "#flows/delivery/xauslaender2611/answer.ts";
import { writeApplication } from "#flows/delivery/xauslaender2611/application.ts";
import { writePackage } from "#flows/delivery/xauslaender2611/package.ts";
import { writeWithdrawal } from "#flows/delivery/xauslaender2611/withdrawal.ts";
import { xauslaenderModel } from "#flows/delivery/xauslaender2611/model.ts";

/** XAusländer 26.11 (XInneres module of KoSIT), OZG messages 1301xx to 1304xx; written after it, not certified. */
export const xauslaender2611: Standard = {
  id: "xauslaender-26.11",
  model: xauslaenderModel,
  schemaUri: "http://www.osci.de/xauslaender2611",
  placing,
  application: writeApplication,
  answer: writeAnswer,
  withdrawal: writeWithdrawal,
  documents: writePackage,
  read: readLetter,
};
