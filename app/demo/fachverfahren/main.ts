import { readConfig } from "./config.ts";
import { startFachverfahren } from "./server.ts";

function explain(error: unknown, port: number): string {
  if (!(error instanceof Error)) return "unknown error";
  if ("code" in error && error.code === "EADDRINUSE") return `port ${port} is busy: choose another with PORT`;
  if ("code" in error && error.code === "EACCES") return `no permission: ${error.message}`;
  return error.message.replace(/\s+/g, " ");
}

async function main(): Promise<void> {
  const read = readConfig(process.env);
  if (!read.ok) {
    console.error(`Fachverfahren (SIMULATOR): ${read.message}`);
    process.exit(1);
  }
  try {
    const running = await startFachverfahren({
      ...read.config,
      preparesKeys: true,
      log: (line) => console.error(line),
    });
    console.log(`Fachverfahren (SIMULATOR) ${running.url}`);
    const close = () => void running.close().then(() => process.exit(0));
    process.once("SIGTERM", close);
    process.once("SIGINT", close);
  } catch (error) {
    console.error(`Fachverfahren (SIMULATOR): ${explain(error, read.config.port)}`);
    process.exit(1);
  }
}

await main();
