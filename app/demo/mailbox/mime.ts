/** A mail as people read it; `headers` by their names in small letters. */
export type ReadMail = {
  headers: Readonly<Record<string, string>>;
  subject: string;
  text: string;
  html: string;
};

type Part = { headers: Record<string, string>; body: string };

/** Header and body of a part; folded lines are put together (RFC 5322, 2.2.3). Bytes stand as Latin-1 characters. */
function split(source: string): Part {
  const [, head = source, body = ""] = /^([\s\S]*?)\r?\n\r?\n([\s\S]*)$/.exec(source) ?? [];
  const headers: Record<string, string> = {};
  for (const line of head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/)) {
    const [, name, value = ""] = /^([!-9;-~]+):\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined) headers[name.toLowerCase()] = value.trim();
  }
  return { headers, body };
}

const utf8 = (latin1: string) => Buffer.from(latin1, "latin1").toString("utf8");

const unescaped = (text: string) =>
  text.replace(/=([0-9A-Fa-f]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Words of a header that are not plain ASCII (RFC 2047); white space between two of them is none. */
export function decodedHeader(value: string): string {
  const joined = value.replace(/(\?=)\s+(=\?)/g, "$1$2");
  return joined.replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_whole, kind: string, content: string) =>
    kind.toUpperCase() === "B"
      ? Buffer.from(content, "base64").toString("utf8")
      : utf8(unescaped(content.replaceAll("_", " "))),
  );
}

function decodedBody({ headers, body }: Part): string {
  const encoding = headers["content-transfer-encoding"]?.toLowerCase();
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8");
  if (encoding === "quoted-printable") return utf8(unescaped(body.replace(/=[ \t]*\r?\n/g, "")));
  return utf8(body);
}

/** The parts that are text, however deep they lie. */
function textParts(part: Part): Part[] {
  const type = part.headers["content-type"] ?? "text/plain";
  if (!/^multipart\//i.test(type)) return [part];
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary === undefined) return [];
  const pieces = `\r\n${part.body}`.split(`\r\n--${boundary}`).slice(1);
  return pieces
    .filter((piece) => !piece.startsWith("--"))
    .flatMap((piece) => textParts(split(piece.replace(/^[ \t]*\r\n/, ""))));
}

/** Reads a mail of UTF-8 text, in one part or in several; what is no text is left out. */
export function readMail(raw: Buffer): ReadMail {
  const whole = split(raw.toString("latin1"));
  const parts = textParts(whole);
  const of = (type: string) => {
    const found = parts.find(({ headers }) => (headers["content-type"] ?? "text/plain").toLowerCase().startsWith(type));
    return found ? decodedBody(found).replaceAll("\r\n", "\n") : "";
  };
  const { subject = "" } = whole.headers;
  return { headers: whole.headers, subject: decodedHeader(subject), text: of("text/plain"), html: of("text/html") };
}
