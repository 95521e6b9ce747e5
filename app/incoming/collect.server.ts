import type { App } from "#app/context.server.ts";
import type { Authority } from "#app/config/authority.ts";
import { faultOf, takeFound, type Taking } from "#app/incoming/take.server.ts";

/** Authorities whose messages are collected at the same time. */
const AT_ONCE = 4;

type Collecting = Taking & Pick<App, "transports">;

/** Collects what authorities wrote, of all whose transport brings something back; one that fails never keeps the others waiting. */
export async function collectAll(app: Collecting): Promise<void> {
  const waiting = app.config.authorities.filter(({ transport }) => app.transports.get(transport.kind)?.collect);
  const turns = Array.from({ length: AT_ONCE }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await collectOf(app, next);
  });
  await Promise.all(turns);
}

async function collectOf(app: Collecting, authority: Authority): Promise<void> {
  try {
    const { transport } = authority;
    await app.transports.get(transport.kind)?.collect?.(transport, (found) => takeFound(app, authority, found));
  } catch (error) {
    app.log.warn({ authority: authority.id, code: faultOf(error) }, "collect");
  }
}
