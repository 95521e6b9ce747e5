import { createContext } from "react";

/** The nonce of the page's content security policy; empty in the browser, where scripts are loaded already. */
export const NonceContext = createContext("");
