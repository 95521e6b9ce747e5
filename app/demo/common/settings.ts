import { z } from "zod";

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]", "::1"]);

/** True for a host name that never leaves this computer. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.has(hostname);
}

/** Address to listen on: this machine only. */
export const loopbackHost = z.string().default("127.0.0.1").refine(isLoopback, "must be a loopback address");

/** A port; 0 takes a free one. */
export const port = (standard: number) => z.coerce.number().int().min(0).max(65_535).default(standard);

/** A value that is written as JSON. */
export const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: "custom", message: "is not JSON" });
    return z.NEVER;
  }
});

/** See {@link DecisionMode}. */
export const decisionMode = z.enum(["accept", "reject", "manual"]);

/** What happens with a correct application: taken over or refused at once, or left for the clerk. */
export type DecisionMode = z.infer<typeof decisionMode>;

/** Reads settings from environment variables; the message names the first wrong variable in one line. */
export function readSettings<Settings>(
  environment: z.ZodType<Settings>,
  env: Record<string, string | undefined>,
): { ok: true; config: Settings } | { ok: false; message: string } {
  const parsed = environment.safeParse(env);
  if (parsed.success) return { ok: true, config: parsed.data };
  const issue = parsed.error.issues[0];
  const name = issue ? issue.path.join(".") : "environment";
  return { ok: false, message: `${name}: ${issue?.message ?? "is not valid"}` };
}
