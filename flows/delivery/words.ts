/** German words for a payload: labels of sections and fields, texts of options. Passed in, so that mapping stays pure. */
export type Words = {
  section: (id: string) => string;
  group: (id: string) => string;
  field: (name: string) => string;
  option: (name: string, option: string) => string;
  evidence: (code: string) => string;
  declaration: (name: string) => string;
};
