import { identitySubstitute } from "#flows/services/documents/D-AE.ts";
import { cardAfterDefect } from "#flows/services/documents/D-CARD-C.ts";
import { cardAfterChange } from "#flows/services/documents/D-CARD-D.ts";
import { cardAfterLoss } from "#flows/services/documents/D-CARD-L.ts";
import { cardAfterPassport } from "#flows/services/documents/D-CARD-P.ts";
import { provisionalCertificate } from "#flows/services/documents/D-FIKT.ts";
import { foreignerTravelDocument } from "#flows/services/documents/D-RA-A.ts";
import { refugeeTravelDocument } from "#flows/services/documents/D-RA-F.ts";
import { statelessTravelDocument } from "#flows/services/documents/D-RA-S.ts";
import { declarationOfCommitment } from "#flows/services/documents/D-VE.ts";
import type { Service } from "#flows/services/service.ts";

/** Cards, certificates, travel documents and the declaration of a host (domain 1.9). */
export const documentServices = {
  "D-CARD-P": cardAfterPassport,
  "D-CARD-D": cardAfterChange,
  "D-CARD-L": cardAfterLoss,
  "D-CARD-C": cardAfterDefect,
  "D-FIKT": provisionalCertificate,
  "D-RA-F": refugeeTravelDocument,
  "D-RA-A": foreignerTravelDocument,
  "D-RA-S": statelessTravelDocument,
  "D-AE": identitySubstitute,
  "D-VE": declarationOfCommitment,
} as const satisfies Record<string, Service>;
