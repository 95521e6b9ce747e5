import type { Authority } from "#app/config/authority.ts";
import { isServiceId, services, type ServiceId } from "#flows/services/registry.ts";

/** Stands for every service that there is, so that new ones need no change of an authority's file. */
export const ALL_SERVICES = "all";

/** The services that an authority offers, in the order of the catalogue or of its file. */
export function offeredServices({ services: ids }: Pick<Authority, "services">): ServiceId[] {
  return ids.includes(ALL_SERVICES) ? (Object.keys(services) as ServiceId[]) : ids.filter(isServiceId);
}

/** True if people can apply here for a service: the authority offers it, and is connected. */
export function takesOnline(authority: Pick<Authority, "services" | "transport">, service: ServiceId): boolean {
  return authority.transport.kind !== "none" && offeredServices(authority).includes(service);
}
