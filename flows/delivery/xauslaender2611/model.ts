import codes from "#flows/delivery/xauslaender2611/codes.json" with { type: "json" };
import model from "#flows/delivery/xauslaender2611/model.json" with { type: "json" };
import unverified from "#flows/delivery/xauslaender2611/unverified.json" with { type: "json" };
import { readModel } from "#flows/delivery/xoev/model.ts";

const messages = { ...model.messages, ...unverified.messages };

/** The structure of the OZG module of XAusländer 26.11, as transcribed, with what had to be assumed; not official. */
export const xauslaenderModel = readModel({ ...model, messages }, codes.codes);
