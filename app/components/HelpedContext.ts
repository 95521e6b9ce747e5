import { createContext } from "react";

/** True where somebody helps the person in this browser: it keeps nothing, and no file is saved in it. */
export const HelpedContext = createContext(false);
