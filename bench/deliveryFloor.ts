import { createHash, createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { CompactEncrypt } from "jose";

/** What the floor is given: where bytes go, the key, the parts of one application as files, how many of them. */
type Work = { sink: string; key: string; parts: readonly string[]; warm: number; count: number };

/**
 * The floor of a delivery: each part of an application is read, hashed, encrypted and sent, without database, protocol,
 * checks or records. Prints CPU and wall-clock milliseconds an application.
 */
const work = JSON.parse(process.argv[2] ?? "") as Work;
const key = createPublicKey(work.key);

async function deliver(): Promise<void> {
  for (const file of work.parts) {
    const bytes = readFileSync(file);
    createHash("sha512").update(bytes).digest("hex");
    const body = await new CompactEncrypt(bytes)
      .setProtectedHeader({ alg: "RSA-OAEP-256", enc: "A256GCM", kid: "floor", cty: "application/pdf" })
      .encrypt(key);
    const answer = await fetch(work.sink, { method: "PUT", body, headers: { "content-type": "application/jose" } });
    await answer.text();
  }
}

for (let index = 0; index < work.warm; index += 1) await deliver();
const [cpu, begun] = [process.cpuUsage(), performance.now()];
for (let index = 0; index < work.count; index += 1) await deliver();
const { user, system } = process.cpuUsage(cpu);
console.log(
  JSON.stringify({
    cpuMs: (user + system) / 1000 / work.count,
    ms: (performance.now() - begun) / work.count,
  }),
);
