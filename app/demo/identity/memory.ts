import type { Adapter, AdapterPayload } from "oidc-provider";

// Logins of one demo; the oldest are forgotten.
const MOST = 2_000;

type Entry = { payload: AdapterPayload; until: number };

/** What the login service remembers, for as long as its process runs. */
export function memoryAdapters(): (model: string) => Adapter {
  const entries = new Map<string, Entry>();
  const find = (key: string): AdapterPayload | undefined => {
    const entry = entries.get(key);
    return entry && entry.until > Date.now() ? entry.payload : undefined;
  };
  const findBy = (model: string, field: "uid" | "userCode", value: string): AdapterPayload | undefined => {
    const found = [...entries].find(([key, { payload }]) => key.startsWith(`${model} `) && payload[field] === value);
    return found && find(found[0]);
  };
  return (model) => ({
    upsert: async (id, payload, expiresIn) => {
      const until = expiresIn ? Date.now() + expiresIn * 1000 : Infinity;
      entries.delete(`${model} ${id}`);
      entries.set(`${model} ${id}`, { payload, until });
      const [oldest] = entries.keys();
      if (entries.size > MOST && oldest !== undefined) entries.delete(oldest);
    },
    find: async (id) => find(`${model} ${id}`),
    findByUid: async (uid) => findBy(model, "uid", uid),
    findByUserCode: async (userCode) => findBy(model, "userCode", userCode),
    consume: async (id) => {
      const payload = find(`${model} ${id}`);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    },
    destroy: async (id) => {
      entries.delete(`${model} ${id}`);
    },
    revokeByGrantId: async (grantId) => {
      for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key);
    },
  });
}
