import { z } from "zod";

const draft = z.object({ carried: z.record(z.string(), z.unknown()) });

/**
 * What another member of the household has said already, by field: it stands in a draft as `carried` beside the answers
 * and is a proposal until the person saves it.
 */
export function carriedOf(stored: object): Readonly<Record<string, unknown>> {
  const { email, ...rest } = draft.safeParse(stored).data?.carried ?? {};
  // An address that nobody types again has no slip to catch.
  return email === undefined ? rest : { ...rest, email, emailRepeat: email };
}
