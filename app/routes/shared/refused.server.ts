import { data, type AppLoadContext } from "@remix-run/node";

const titles = new WeakMap<AppLoadContext, string>();

/**
 * Answers a refused post with what its page shows. Without script the loader of the page runs for the same answer and
 * fills the head: it gets the title from here.
 */
export function refuse<View extends { title: string }>(
  context: AppLoadContext,
  view: View,
  status: 409 | 422 | 503 = 422,
) {
  titles.set(context, view.title);
  return data(view, { status });
}

/** What a loader returns; after a refused post in the same request with the title of that one. */
export function afterRefusal<View extends { title: string }>(context: AppLoadContext, view: View): View {
  const title = titles.get(context);
  return title === undefined ? view : { ...view, title };
}
