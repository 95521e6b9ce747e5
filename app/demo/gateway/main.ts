import { readConfig } from "./config.ts";
import { startGateway } from "./server.ts";

function explain(error: unknown): string {
  if (!(error instanceof Error)) return "unknown error";
  if ("code" in error && error.code === "EADDRINUSE") return "a port is busy: choose others with PORT and SFTP_PORT";
  if ("code" in error && error.code === "EACCES") return `no permission: ${error.message}`;
  return error.message.replace(/\s+/g, " ");
}

const read = readConfig(process.env);
if (!read.ok) {
  console.error(`Gateway (SIMULATOR): ${read.message}`);
  process.exit(1);
}
try {
  const running = await startGateway({ ...read.config, log: (line) => console.error(line) });
  console.log(`Gateway (SIMULATOR) ${running.url}`);
  const close = () => void running.close().then(() => process.exit(0));
  process.once("SIGTERM", close);
  process.once("SIGINT", close);
} catch (error) {
  console.error(`Gateway (SIMULATOR): ${explain(error)}`);
  process.exit(1);
}
