import type { Letter } from "#flows/delivery/standard.ts";
import { inBerlin } from "#flows/delivery/xauslaender2611/berlin.ts";
import { filled } from "#flows/delivery/xauslaender2611/received.ts";
import { elementsOf, type Elements } from "#flows/delivery/xoev/content.ts";

/** An address on one line, as on a letter: name at the door, street and number, what is more to say, postcode and place. */
function placeText(address: Elements | undefined): string {
  const at = (name: string) => filled(address, name) ?? "";
  const range = elementsOf(address, "hausnummern.bis");
  const last = ["hausnummer.bis", "hausnummerbuchstabezusatzziffer.bis", "teilnummerderhausnummer.bis"]
    .map((name) => filled(range, name) ?? "")
    .join("");
  const number = `${at("hausnummer")}${at("hausnummerBuchstabeZusatzziffer")}`;
  const street = [at("strasse"), last === "" ? number : `${number}–${last}`, at("teilnummerDerHausnummer")];
  return [
    at("wohnungsinhaber"),
    street.filter(Boolean).join(" "),
    at("stockwerkswohnungsnummer"),
    at("zusatzangaben"),
    [at("postleitzahl"), at("wohnort")].filter(Boolean).join(" "),
  ]
    .filter(Boolean)
    .join(", ");
}

/** A time of XML Schema on a day, as a clock in Germany shows it; without zone it is meant so. */
function timeOn(date: string, time: string | undefined): string | undefined {
  if (time === undefined) return undefined;
  if (!/(Z|[+-]\d{2}:\d{2})$/.test(time)) return time.slice(0, 5);
  const instant = `${date}T${time}`;
  return Number.isNaN(Date.parse(instant)) ? time.slice(0, 5) : inBerlin(instant).time;
}

/** Date, time and place of an appointment (130105); undefined if the authority sent a letter or an address to book at instead. */
export function appointmentIn(content: Elements): Letter["appointment"] {
  const said = elementsOf(content, "strukturierteTermininformationen");
  const date = filled(said, "datum");
  const from = date === undefined ? undefined : timeOn(date, filled(said, "uhrzeitAb"));
  if (date === undefined || from === undefined) return undefined;
  const to = timeOn(date, filled(said, "uhrzeitBis"));
  const more = filled(said, "weitereAngabenZumOrt");
  return {
    date,
    from,
    ...(to === undefined ? {} : { to }),
    place: placeText(elementsOf(said, "ort")),
    ...(more === undefined ? {} : { more }),
  };
}

/** An address to book at that can be offered as a link: https only. */
export function bookingUrl(text: string | undefined): string | undefined {
  return text !== undefined && URL.canParse(text) && new URL(text).protocol === "https:" ? text : undefined;
}
