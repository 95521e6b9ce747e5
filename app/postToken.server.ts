/** Forms of this service begin with their token: so many bytes of a body hold it. */
const HEAD_BYTES = 1_000;

/** The token in the beginning of a form, urlencoded or multipart. */
const TOKEN = /(?:^csrf=|&csrf=|name="csrf"\r\n\r\n)([\w.-]+)/;

type Body = ReadableStream<Uint8Array>;

/** Reads the beginning of a body. @returns it, and a body that still has everything */
async function beginningOf(body: Body): Promise<{ head: string; whole: Body }> {
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  const read = async (): Promise<boolean> => {
    const { done, value } = await reader.read();
    if (value) chunks.push(value);
    return !done;
  };
  let failure: { error: unknown } | undefined;
  try {
    let isOpen = true;
    while (isOpen && chunks.reduce((size, { length }) => size + length, 0) < HEAD_BYTES) isOpen = await read();
  } catch (error) {
    // Whoever reads the body learns it.
    failure = { error };
  }
  const head = Buffer.concat(chunks).subarray(0, HEAD_BYTES).toString("latin1");
  const whole: Body = new ReadableStream({
    pull: async (controller) => {
      if (chunks.length === 0 && failure) throw failure.error;
      const isOpen = chunks.length > 0 || (await read());
      const chunk = chunks.shift();
      if (chunk) controller.enqueue(chunk);
      if (!isOpen) controller.close();
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return { head, whole };
}

/** The form token of a request, from the header of our scripts or the beginning of a form, with the request to go on with. */
export async function tokenOf(request: Request): Promise<{ request: Request; token?: string }> {
  const header = request.headers.get("x-form-token");
  if (header !== null) return { request, token: header };
  const isForm = /^(application\/x-www-form-urlencoded|multipart\/form-data)/i;
  if (!request.body || !isForm.test(request.headers.get("content-type") ?? "")) return { request };
  const { head, whole } = await beginningOf(request.body);
  const { url, method, headers, signal } = request;
  const again = new Request(url, { method, headers, signal, body: whole, duplex: "half" });
  const token = TOKEN.exec(head)?.[1];
  return { request: again, ...(token === undefined ? {} : { token }) };
}
