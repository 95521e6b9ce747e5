import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { checkFile, problemsOf } from "#app/config/checkFile.ts";
import { ConfigError, type Problem } from "#app/config/errors.ts";
import { parseYamlFile, type YamlFile } from "#app/config/yamlFile.ts";
import type { Gateway } from "#app/connector/drop/gateway.ts";

const filePath = (about: string) => z.string().min(1).describe(`${about}; relative paths begin at this file.`);

const sftp = z
  .strictObject({
    host: z
      .string()
      .regex(/^[A-Za-z0-9.:-]+$/, "is neither a host name nor an IP address")
      .describe("Host name or IP address of the SFTP server."),
    port: z.int().min(1).max(65_535).default(22).describe("Its port (optional, 22)."),
    user: z.string().min(1).describe("Name of this service's account there."),
    keyFile: filePath("File with the private key of the account (Ed25519 or RSA, OpenSSH or PEM, without passphrase)"),
    hostKey: z
      .string()
      .regex(/^SHA256:[A-Za-z0-9+/]{43}$/, 'is not of the form "SHA256:…" with 43 characters')
      .describe("Fingerprint of the server's key as ssh-keygen -l shows it; no other key is ever trusted."),
    path: z
      .string()
      .startsWith("/", 'does not begin with "/"')
      .describe("Folder on the server in which the folders of authorities (mailboxes) lie; begins with /."),
  })
  .describe("SFTP server of the gateway; instead of folder.");

const gateway = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,39}$/, "is not made of small letters, digits and hyphens, beginning with a letter")
      .describe("Name by which files of authorities call it (transport.gateway); small letters, digits, hyphens."),
    folder: filePath("Folder of this machine, or of a drive, in which the mailboxes lie; instead of sftp").optional(),
    sftp: sftp.optional(),
    certificate: filePath("PEM file with the certificate that contents are encrypted for").optional(),
    trusted: z
      .literal(true, 'can only be "true"')
      .optional()
      .describe("true: contents are written plain, because the target itself is trusted; instead of certificate."),
  })
  .check(({ value, issues }) => {
    for (const [one, other] of [
      ["folder", "sftp"],
      ["certificate", "trusted"],
    ] as const) {
      const both = value[one] !== undefined && value[other] !== undefined;
      if (!both && (value[one] ?? value[other]) !== undefined) continue;
      const message = both ? `stands beside ${one}` : "is missing";
      const remedy = both ? `Keep ${one} or ${other}.` : `Write ${one} or ${other}.`;
      issues.push({ code: "custom", path: [both ? other : one], input: value, message, params: { remedy } });
    }
  });

/** The file that `GATEWAYS` names: the gateways of data centres that authorities with `kind: drop` name. */
export const gatewaysSchema = z.strictObject({
  gateways: z.array(gateway).min(1, "is empty").describe("One entry for each gateway of a data centre."),
});

type Parsed = z.infer<typeof gateway>;

/** Files that must be there at the start. Their contents are looked at whenever they are used. */
function missingFiles(file: YamlFile, all: readonly Parsed[], at: (path: string) => string): Problem[] {
  return all.flatMap(({ certificate, sftp: server }, index) => {
    const named: [string[], string | undefined][] = [
      [["certificate"], certificate],
      [["sftp", "keyFile"], server?.keyFile],
    ];
    return named.flatMap(([keys, name]) => {
      if (name === undefined || existsSync(at(name))) return [];
      const what = `the file ${at(name)} does not exist`;
      return problemsOf(file, [
        { path: ["gateways", index, ...keys], what, remedy: "Put it there, or correct the path." },
      ]);
    });
  });
}

function repeated(file: YamlFile, all: readonly Parsed[]): Problem[] {
  return all.flatMap(({ id }, index) => {
    if (all.findIndex((other) => other.id === id) === index) return [];
    const what = `"${id}" stands here twice`;
    return problemsOf(file, [{ path: ["gateways", index, "id"], what, remedy: "Give each gateway its own id." }]);
  });
}

function gatewayOf({ id, folder, sftp: server, certificate }: Parsed, at: (path: string) => string): Gateway {
  return {
    id,
    address: server
      ? { kind: "sftp", ...server, keyFile: at(server.keyFile) }
      : { kind: "folder", path: at(folder ?? "") },
    certificate: certificate === undefined ? undefined : at(certificate),
  };
}

/** Reads the file of gateways (absolute path), by id. @throws ConfigError with everything that is wrong in it at once */
export function loadGateways(path: string): ReadonlyMap<string, Gateway> {
  if (!existsSync(path)) {
    const remedy = "Write it as docs/operation.md describes, or correct GATEWAYS.";
    throw new ConfigError([{ file: path, line: 1, key: "", what: "the file does not exist", remedy }]);
  }
  const file = parseYamlFile(path, readFileSync(path, "utf8"));
  const { value, problems } = checkFile(file, gatewaysSchema);
  const at = (name: string) => resolve(dirname(path), name);
  const all = value?.gateways ?? [];
  const found = [...problems, ...repeated(file, all), ...missingFiles(file, all, at)];
  if (found.length > 0) throw new ConfigError(found);
  return new Map(all.map((one) => [one.id, gatewayOf(one, at)]));
}
