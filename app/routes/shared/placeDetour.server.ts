import type { AppLoadContext } from "@remix-run/node";
import { isElsewhere, placesToChoose } from "#app/competence.server.ts";
import type { Authority } from "#app/config/authority.ts";
import type { Page } from "#app/routes/shared/request.server.ts";

/** The page that comes first where a place belongs to another authority, or leaves open to which; `undefined` where it is ours. */
export function placeDetour(
  context: AppLoadContext,
  { language }: Page,
  authority: Authority,
  answers: Readonly<Record<string, unknown>>,
): string | undefined {
  const home = `/${language}/${authority.id}`;
  if (isElsewhere(context, authority, answers)) return `${home}/not-responsible`;
  return placesToChoose(context, authority, answers).length > 0 ? `${home}/which-place` : undefined;
}
