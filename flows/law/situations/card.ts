/** Why a new card is wanted (§ 45c AufenthV); `ownFault` belongs to a broken chip. */
export type CardSituation = {
  reason: "newPassport" | "data" | "addressOnly" | "expired" | "lost" | "defect";
  ownFault?: boolean;
};
