import { useEffect } from "react";

/** Shows the title of a refused post in the tab: with script only its answer arrives, and the head stays as it was. */
export function useRefusedTitle(posted: { title: string } | undefined): void {
  const title = posted?.title;
  useEffect(() => {
    if (title === undefined) return undefined;
    const before = document.title;
    document.title = title;
    return () => {
      // The next page may have put its own title there already.
      if (document.title === title) document.title = before;
    };
  }, [title]);
}
