import { data, redirect, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { LinkButton } from "#app/components/Button.tsx";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { requireStaffService, staffMessage } from "#app/routes/shared/staff.server.ts";
import { StaffLogout } from "#app/routes/shared/StaffLogout.tsx";
import { StaffMessagePage } from "#app/routes/shared/StaffMessagePage.tsx";
import { homeOf, loginPath } from "#app/staff/paths.ts";
import { staffOf } from "#app/staff/require.server.ts";

/** Logged in, but without the role that a page needs: says so, and not what is there. Leads to the person's own page. */
export function loader({ request, context }: LoaderFunctionArgs) {
  const { page } = requireStaffService(request, context);
  if (context.staff.session.state !== "open") throw redirect(loginPath(undefined));
  const message = staffMessage(
    context,
    page,
    page.say("operator:staff.denied.title"),
    page.say("operator:staff.denied.text"),
  );
  const homeHref = homeOf(staffOf(context.app, context.staff)?.roles ?? []);
  return data({ ...message, homeHref, token: context.formToken }, { status: 403 });
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => pageMeta(loaded);

export default function StaffDenied() {
  const { t } = useTranslation(["operator"]);
  const { token, homeHref, ...message } = useLoaderData<typeof loader>();
  return (
    <StaffMessagePage {...message}>
      {homeHref !== undefined && (
        <LinkButton variant="primary" href={homeHref} label={t("operator:staff.denied.home")} />
      )}
      <StaffLogout token={token} />
    </StaffMessagePage>
  );
}
