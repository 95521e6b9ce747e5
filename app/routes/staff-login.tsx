import { redirect, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { LinkButton } from "#app/components/Button.tsx";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { refusedLogin, requireStaffService, withCookies } from "#app/routes/shared/staff.server.ts";
import { StaffMessagePage } from "#app/routes/shared/StaffMessagePage.tsx";
import { beginLogin } from "#app/staff/login.server.ts";
import { loginPath, safeReturn } from "#app/staff/paths.ts";

/** Sends staff to their login service and remembers where they wanted to go. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { app } = context;
  const { service, page } = requireStaffService(request, context);
  const url = new URL(request.url);
  const to = safeReturn(url.searchParams.get("to"));
  // The demo answers to several names of this machine, the login service leads back to one: the cookies must be there.
  const isOtherName = app.env.mode === "demo" && url.host !== new URL(app.env.publicUrl).host;
  if (isOtherName) throw redirect(`${app.env.publicUrl}${loginPath(to)}`);
  const step = await beginLogin(app, service, to);
  if (!step.ok) return refusedLogin(context, page, step);
  throw redirect(step.to, { headers: withCookies(step.cookies) });
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => pageMeta(loaded);

export default function StaffLogin() {
  const { t } = useTranslation(["operator"]);
  return (
    <StaffMessagePage {...useLoaderData<typeof loader>()}>
      <LinkButton variant="primary" href="/staff/login" label={t("operator:staff.failed.again")} document />
    </StaffMessagePage>
  );
}
