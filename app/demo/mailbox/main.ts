import { readConfig, type Config } from "./config.ts";
import { startMailbox } from "./server.ts";

function explain(error: unknown, { port, smtpPort }: Config): string {
  if (!(error instanceof Error)) return "unknown error";
  const isBusy = "code" in error && error.code === "EADDRINUSE";
  return isBusy ? `port ${port} or ${smtpPort} is busy: choose others with PORT and SMTP_PORT` : error.message;
}

const read = readConfig(process.env);
if (!read.ok) {
  console.error(`Mailbox (SIMULATOR): ${read.message}`);
  process.exit(1);
}
try {
  const mailbox = await startMailbox(read.config);
  console.log(`Mailbox (SIMULATOR) ${mailbox.url} ${mailbox.smtpUrl}`);
  const close = () => void mailbox.close().then(() => process.exit(0));
  process.once("SIGTERM", close);
  process.once("SIGINT", close);
} catch (error) {
  console.error(`Mailbox (SIMULATOR): ${explain(error, read.config)}`);
  process.exit(1);
}
