import type { ReactNode } from "react";

const drawings = {
  work: <path d="M4 8h16v11H4zM9 8V5h6v3M4 13h16" />,
  study: <path d="m2.5 9.5 9.5-4 9.5 4-9.5 4zM7 11.5V16c2.6 2.4 7.4 2.4 10 0v-4.5M21.5 9.5V15" />,
  family: (
    <>
      <circle cx="8" cy="7.5" r="3" />
      <circle cx="16.5" cy="9.5" r="2.25" />
      <path d="M2.5 20c0-4.2 2.4-6.5 5.5-6.5s5.5 2.3 5.5 6.5M14.8 15.5c2.8-1.5 6.2.2 6.7 4.5" />
    </>
  ),
  protection: <path d="m12 3 7.5 2.7v5.8c0 4.4-3 7.8-7.5 9.5-4.5-1.7-7.5-5.1-7.5-9.5V5.7zM9 12l2.2 2.2 4-4.2" />,
  home: <path d="m3.5 11.5 8.5-7.5 8.5 7.5M6 9.5V20h12V9.5M10 20v-5.5h4V20" />,
  card: (
    <>
      <rect x="3" y="5" width="18" height="14" rx="2" />
      <circle cx="8.5" cy="11" r="2" />
      <path d="M5.5 16c.6-2.2 5.4-2.2 6 0M14.5 10h3.5M14.5 14h3.5" />
    </>
  ),
  inbox: <path d="M4 13.5 6.5 5h11L20 13.5V19H4zM4 13.5h5l1 2.5h4l1-2.5h5" />,
  repair: (
    <path d="M14.5 6.5a4 4 0 0 1 5-1l-2.7 2.7 1.5 1.5L21 7a4 4 0 0 1-5.5 4.6L8 19.5a2 2 0 0 1-3-3l7.9-7.5a4 4 0 0 1 1.6-2.5z" />
  ),
  offline: <path d="M7 18h10a4 4 0 0 0 .6-7.95A6 6 0 0 0 6.2 11.3 3.4 3.4 0 0 0 7 18zM4 4l16 16" />,
  clock: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 7v5l3.5 2" />
    </>
  ),
  search: (
    <>
      <circle cx="10.5" cy="10.5" r="6" />
      <path d="m15 15 5.5 5.5" />
    </>
  ),
} satisfies Record<string, ReactNode>;

export type VectorName = keyof typeof drawings;

/** A line drawing for tiles and empty pages; it says nothing to assistive technology. */
export function Vector({ name }: { name: VectorName }) {
  return (
    <svg className="ao-vector" viewBox="0 0 24 24" aria-hidden="true">
      {drawings[name]}
    </svg>
  );
}
