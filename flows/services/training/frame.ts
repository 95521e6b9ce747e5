import type { TrainingSituation } from "#flows/law/situations/training.ts";

/** The training as the law looks at it; what is not answered yet stays out. */
export function knownTraining(facts: {
  [Key in keyof TrainingSituation]: TrainingSituation[Key] | undefined;
}): TrainingSituation {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
