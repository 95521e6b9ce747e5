import { data, redirect, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { requireStaffService, staffMessage } from "#app/routes/shared/staff.server.ts";
import { StaffLogout } from "#app/routes/shared/StaffLogout.tsx";
import { StaffMessagePage } from "#app/routes/shared/StaffMessagePage.tsx";
import { loginPath } from "#app/staff/paths.ts";

/** Logged in, but without the role that a page needs: says so, and not what is there. */
export function loader({ request, context }: LoaderFunctionArgs) {
  const { page } = requireStaffService(request, context);
  if (context.staff.session.state !== "open") throw redirect(loginPath(undefined));
  const message = staffMessage(
    context,
    page,
    page.say("operator:staff.denied.title"),
    page.say("operator:staff.denied.text"),
  );
  return data({ ...message, token: context.formToken }, { status: 403 });
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => pageMeta(loaded);

export default function StaffDenied() {
  const { token, ...message } = useLoaderData<typeof loader>();
  return (
    <StaffMessagePage {...message}>
      <StaffLogout token={token} />
    </StaffMessagePage>
  );
}
