import { notFound } from "#app/routes/shared/request.server.ts";

/** Any other address: the error page of the root says in the person's language that there is nothing here. */
export function loader() {
  notFound();
}

/** Makes this a page, so that its error is shown as one; never drawn. */
export default function NotFoundRoute() {
  return null;
}
