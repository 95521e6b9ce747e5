import type { MetaDescriptor } from "@remix-run/node";

/** What a page tells search engines beside its title. */
export type PageMetaOptions = {
  /** True for pages that strangers may find by searching: start pages only. */
  index?: boolean;
  description?: string | undefined;
};

/**
 * Title and robots rule of a page from what its loader returned. Without data the error page sets its own title, and a
 * second one in the head would hide it.
 */
export function pageMeta(
  data: { title: string } | null | undefined,
  { index = false, description }: PageMetaOptions = {},
): MetaDescriptor[] {
  return [
    ...(data ? [{ title: data.title }] : []),
    ...(description ? [{ name: "description", content: description }] : []),
    ...(index ? [] : [{ name: "robots", content: "noindex" }]),
  ];
}
