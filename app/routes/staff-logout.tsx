import {
  data,
  redirect,
  type ActionFunctionArgs,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { LinkButton } from "#app/components/Button.tsx";
import { readForm } from "#app/routes/shared/form.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { requireStaffService, staffMessage, withCookies } from "#app/routes/shared/staff.server.ts";
import { StaffLogout } from "#app/routes/shared/StaffLogout.tsx";
import { StaffMessagePage } from "#app/routes/shared/StaffMessagePage.tsx";
import { CLEAR_SITE_DATA, forgetCookies } from "#app/session.server.ts";
import { providerLogout } from "#app/staff/login.server.ts";
import { endStaffCookie } from "#app/staff/session.server.ts";

/**
 * Says that the login is over, and leads on to the login service to end it there too. By a header: a redirect of the post
 * to another origin would break the policy for forms.
 */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { service, page } = requireStaffService(request, context);
  const isOpen = context.staff.session.state === "open";
  const isLeaving = new URL(request.url).searchParams.has("everywhere") && !isOpen;
  const provider = isLeaving ? await providerLogout(context.app, service) : undefined;
  const heading = page.say(isOpen ? "operator:staff.out.action" : "operator:staff.out.title");
  const text = page.say(
    isOpen ? "operator:staff.out.open" : provider ? "operator:staff.out.leaving" : "operator:staff.out.text",
  );
  const message = staffMessage(context, page, heading, text);
  const headers: Record<string, string> = provider ? { refresh: `0; url=${provider.href}` } : {};
  return data({ message, isOpen, provider: provider?.href, token: context.formToken }, { headers });
}

/** Ends the login in this browser, which forgets whoever applied there as well: from then on it is anybody's. */
export async function action({ request, context }: ActionFunctionArgs) {
  requireStaffService(request, context);
  await readForm(request, context);
  const headers = withCookies([endStaffCookie(context.app), ...forgetCookies(context.app)]);
  headers.set("clear-site-data", CLEAR_SITE_DATA);
  throw redirect("/staff/logout?everywhere", { headers });
}

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => pageMeta(loaded?.message);

export default function StaffLogoutPage() {
  const { t } = useTranslation(["operator"]);
  const { message, isOpen, provider, token } = useLoaderData<typeof loader>();
  return (
    <StaffMessagePage {...message}>
      {isOpen ? (
        <StaffLogout token={token} />
      ) : (
        <>
          {provider && (
            <LinkButton variant="primary" href={provider} label={t("operator:staff.out.provider")} document />
          )}
          <LinkButton href="/staff/login" label={t("operator:staff.out.again")} document />
        </>
      )}
    </StaffMessagePage>
  );
}
