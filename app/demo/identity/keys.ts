import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const keys = z.object({
  signing: z.looseObject({ kty: z.literal("RSA"), kid: z.string(), use: z.literal("sig"), alg: z.literal("RS256") }),
  cookies: z.string().min(20),
});

/** The signing key as JWK, and the secret that signs the simulator's own cookies. */
export type IdentityKeys = z.infer<typeof keys>;

function make(): IdentityKeys {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const kid = randomBytes(8).toString("hex");
  const jwk = { ...privateKey.export({ format: "jwk" }), kid, use: "sig", alg: "RS256" };
  return keys.parse({ signing: jwk, cookies: randomBytes(32).toString("base64url") });
}

/** Keys of the simulator, made once per data folder and readable by its owner only: a restart changes nothing. */
export function identityKeys(dataDir: string): IdentityKeys {
  const file = join(dataDir, "identity-keys.json");
  if (existsSync(file)) return keys.parse(JSON.parse(readFileSync(file, "utf8")));
  const made = make();
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, JSON.stringify(made), { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
  return made;
}
