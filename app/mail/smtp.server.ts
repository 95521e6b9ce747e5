import { createTransport, type Transporter } from "nodemailer";
import { isLoopback } from "#app/env/loopback.ts";
import type { Sender } from "#app/env/sender.ts";
import type { Rendered } from "#app/mail/letter.ts";

/** A mail could not be handed over. `code` is a stable word without any address; `isFinal` if trying again cannot help. */
export class MailError extends Error {
  readonly code: string;
  readonly isFinal: boolean;

  /** True if it was the server or the way to it, and not this mail. */
  readonly isServer: boolean;

  constructor(code: string, isFinal: boolean, options: ErrorOptions & { isServer?: boolean } = {}) {
    super(`Mail not handed over: ${code}`, { cause: options.cause });
    this.name = "MailError";
    this.code = code;
    this.isFinal = isFinal;
    this.isServer = options.isServer ?? false;
  }
}

/** A mail as it goes out; `id` names it for ever, so that one handed over twice after a crash is the same mail. */
export type Outgoing = Rendered & { id: string; to: string; language: string };

/** Hands mails to a server until it is closed. */
export type Mailer = { send: (mail: Outgoing) => Promise<void>; close: () => void };

/**
 * Options for the server at an address. Whoever is not on this machine must speak TLS with a valid certificate: `smtps:` from
 * the first byte, `smtp:` by STARTTLS, without which nothing is sent.
 */
export function smtpOptions(smtpUrl: string) {
  const { protocol, hostname, port, username, password } = new URL(smtpUrl);
  const secure = protocol === "smtps:";
  const host = hostname.replace(/^\[|\]$/g, "");
  const auth =
    username === "" ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } };
  return {
    host,
    port: port === "" ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && !isLoopback(host),
    // A relay on this machine has no certificate that somebody could vouch for.
    ignoreTLS: !secure && isLoopback(host),
    ...auth,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    // One connection for all mails of a round.
    pool: true as const,
    maxConnections: 1,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Opens the way to the mail server; the connection is made with the first mail. */
export function openMailer({ smtpUrl, from }: { smtpUrl: string; from: Sender }): Mailer {
  const transporter = createTransport(smtpOptions(smtpUrl));
  return { send: (mail) => handOver(transporter, from, mail), close: () => transporter.close() };
}

async function handOver(transporter: Pick<Transporter, "sendMail">, from: Sender, mail: Outgoing): Promise<void> {
  const { id, to, language, subject, text, html } = mail;
  try {
    await transporter.sendMail({
      from,
      // As an object, so that nothing typed is read as a list or a name.
      to: { name: "", address: to },
      subject,
      text,
      html,
      messageId: `<${id}@${from.address.split("@").at(-1) ?? ""}>`,
      headers: {
        // RFC 3834: no out-of-office note comes back.
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": language,
      },
    });
  } catch (cause) {
    throw mailError(cause);
  }
}

/** What the server says may hold the address, so only its codes are kept. */
function mailError(cause: unknown): MailError {
  const { code, responseCode, command } = cause as { code?: unknown; responseCode?: unknown; command?: unknown };
  const word = typeof code === "string" && /^[A-Z]+$/.test(code) ? code : "EUNKNOWN";
  const number = typeof responseCode === "number" ? `:${responseCode}` : "";
  const isRecipient = word === "EENVELOPE" && String(command).startsWith("RCPT");
  const isFinal = isRecipient && typeof responseCode === "number" && responseCode >= 500;
  return new MailError(`smtp.${word}${number}`, isFinal, {
    cause,
    isServer: word !== "EENVELOPE" && word !== "EMESSAGE",
  });
}
