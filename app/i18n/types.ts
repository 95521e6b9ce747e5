import type common from "#locales/de/common.json";
import type errors from "#locales/de/errors.json";
import type evidence from "#locales/de/evidence.json";
import type importWords from "#locales/de/import.json";
import type fields from "#locales/de/fields.json";
import type law from "#locales/de/law.json";
import type operator from "#locales/de/operator.json";
import type mails from "#locales/de/mails.json";
import type officeMails from "#locales/de/officeMails.json";
import type pages from "#locales/de/pages.json";
import type services from "#locales/de/services.json";
import type status from "#locales/de/status.json";
import type steps from "#locales/de/steps.json";

/** Keys are checked against the German words: an unknown one is a compile error. */
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: {
      common: typeof common;
      errors: typeof errors;
      evidence: typeof evidence;
      fields: typeof fields;
      import: typeof importWords;
      law: typeof law;
      operator: typeof operator;
      mails: typeof mails;
      officeMails: typeof officeMails;
      pages: typeof pages;
      services: typeof services;
      status: typeof status;
      steps: typeof steps;
    };
  }
}
