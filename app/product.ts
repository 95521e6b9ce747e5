/** The product as messages to authorities name it. */
export const product = { name: "Aufenthalt Online", version: "0.1.0", manufacturer: "Aufenthalt Online" } as const;
