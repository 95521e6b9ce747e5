import { createContext } from "react";

/** True if the browser asked for little data (`Save-Data: on`): the page then has neither scripts nor web fonts. */
export const SaveDataContext = createContext(false);
