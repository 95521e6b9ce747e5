/** What a person of a household is to the one who began it. */
export const relations = ["spouse", "child", "parent", "sibling", "other"] as const;
export type Relation = (typeof relations)[number];

const inverse: Readonly<Record<Relation, Relation>> = {
  spouse: "spouse",
  child: "parent",
  parent: "child",
  sibling: "sibling",
  other: "other",
};

/**
 * What `linked` is to `own`. Both say what they are to the person who began; that person says nothing. Two others are
 * siblings if both are children or siblings of that person; of everybody else nothing certain follows.
 */
export function relationTo(own: Relation | undefined, linked: Relation | undefined): Relation {
  if (own === undefined) return linked ?? "other";
  if (linked === undefined) return inverse[own];
  return own === linked && (own === "child" || own === "sibling") ? "sibling" : "other";
}
