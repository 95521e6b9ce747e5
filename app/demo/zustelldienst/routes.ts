import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import { digitsOf, digitsOfArea } from "./areas.ts";
import { simulatedName } from "./destinations.ts";
import type { Destination } from "./model.ts";
import type { Service } from "./service.ts";

const SERVICE_PREFIX = "urn:de:fim:leika:leistung:";
const AREA_PREFIX = "urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:rs:";
const STATES = Array.from({ length: 16 }, (_, index) => String(index + 1).padStart(2, "0"));
const DISTRICT_DIGITS = 5;

/** Whether the region of a destination (its digits) covers the place that is asked for. */
export const competent = {
  /** Regional key, 12 digits or the beginning of one; a region of 12 digits may end in zeros for a whole district. */
  forArs: (ars: string) => (region: string) =>
    region.length === 12 ? ars.padEnd(12, "0") === region : ars.startsWith(region),
  /** Municipality key: it lacks the four digits of the regional key that name the association of municipalities. */
  forAgs: (ags: string) => (region: string) => {
    if (region.length <= DISTRICT_DIGITS) return ags.startsWith(region);
    return ags.length === 8 && region.length === 12 && region.slice(0, 5) + region.slice(9) === ags;
  },
  forArea: (areaId: string) => (region: string) => competent.forArs(digitsOfArea(areaId))(region),
};

/** One answer of the routing service; every other member of a route is optional. */
interface Route {
  destinationId: string;
  destinationSignature: string;
  destinationName: string;
  origin: string;
}

/** The active destinations that take the service at the place, each with the signature of the portal. */
export async function findRoutes(
  service: Service,
  leikaKey: string,
  isCompetent: (region: string) => boolean,
): Promise<Route[]> {
  const { store, faults } = service;
  if (faults.take("no-route")) return [];
  const identifier = SERVICE_PREFIX + leikaKey;
  const takesIt = ({ status, publicServices }: Destination) =>
    status === "active" &&
    publicServices.some(
      (offered) => offered.identifier === identifier && offered.regions.some((region) => isCompetent(digitsOf(region))),
    );
  const found = [...store.destinations()].filter(takesIt);
  const [first] = found;
  const more = first && faults.take("two-routes") ? [{ ...first, destinationId: randomUUID() }] : [];
  return Promise.all([...found, ...more].map((destination) => routeTo(service, destination)));
}

async function routeTo(service: Service, destination: Destination): Promise<Route> {
  return {
    destinationId: destination.destinationId,
    destinationSignature: await signAddress(service, destination),
    destinationName: simulatedName(destination.name),
    origin: "SIMULATOR",
  };
}

/** Addressing information of a destination, signed by the portal: which services it takes in which areas. */
async function signAddress(service: Service, { destinationId, publicServices }: Destination): Promise<string> {
  const { portal, faults, now } = service;
  const { kid, privateKey } = await portal.key();
  const isForeign = faults.take("foreign-route");
  const claims = {
    iss: portal.issuer,
    submissionHost: portal.submissionHost,
    destinationId: faults.take("wrong-route") ? randomUUID() : destinationId,
    services: publicServices.map(({ identifier, regions }) => ({
      gebietIDs: regions.flatMap((region) => areaIds(digitsOf(region))),
      leistungIDs: [identifier],
    })),
    iat: Math.floor(now().getTime() / 1000),
    jti: randomUUID(),
  };
  return new SignJWT(claims)
    .setProtectedHeader({ kid, typ: "jwt", alg: "PS512" })
    .sign(isForeign ? await service.foreignKey() : privateKey);
}

/** The whole country has no regional key of its own: it is the sixteen states. */
function areaIds(digits: string): string[] {
  return (digits ? [digits] : STATES).map((key) => AREA_PREFIX + key);
}
