import { readConfig } from "./config.ts";
import { startIdentity } from "./server.ts";

function explain(error: unknown, port: number): string {
  if (!(error instanceof Error)) return "unknown error";
  if ("code" in error && error.code === "EADDRINUSE") return `port ${port} is busy: choose another with PORT`;
  if ("code" in error && error.code === "EACCES") return `no permission: ${error.message}`;
  return error.message.replace(/\s+/g, " ");
}

async function main(): Promise<void> {
  const read = readConfig(process.env);
  if (!read.ok) {
    console.error(`Login service (DEMO): ${read.message}`);
    process.exit(1);
  }
  try {
    const running = await startIdentity(read.config);
    console.log(`Login service (DEMO) ${running.url}`);
    const close = () => void running.close().then(() => process.exit(0));
    process.once("SIGTERM", close);
    process.once("SIGINT", close);
  } catch (error) {
    console.error(`Login service (DEMO): ${explain(error, read.config.port)}`);
    process.exit(1);
  }
}

await main();
