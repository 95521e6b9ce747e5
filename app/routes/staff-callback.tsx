import { redirect, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { LinkButton } from "#app/components/Button.tsx";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { refusedLogin, requireStaffService, withCookies } from "#app/routes/shared/staff.server.ts";
import { StaffMessagePage } from "#app/routes/shared/StaffMessagePage.tsx";
import { parseCookies } from "#app/session.server.ts";
import { finishLogin } from "#app/staff/login.server.ts";

/** Takes the answer of the login service: the way back to where staff wanted to go, or why the login did not work. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { service, page } = requireStaffService(request, context);
  const cookies = parseCookies(request.headers.get("cookie"));
  const step = await finishLogin(context.app, service, cookies, new URL(request.url).search);
  if (!step.ok) return refusedLogin(context, page, step);
  throw redirect(step.to, { headers: withCookies(step.cookies) });
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => pageMeta(loaded);

export default function StaffCallback() {
  const { t } = useTranslation(["operator"]);
  return (
    <StaffMessagePage {...useLoaderData<typeof loader>()}>
      <LinkButton variant="primary" href="/staff/login" label={t("operator:staff.failed.again")} document />
    </StaffMessagePage>
  );
}
