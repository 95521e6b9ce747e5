import { settingsFromEnvironment } from "./config.ts";
import { startZustelldienst } from "./server.ts";
import { StartupError } from "./startup-error.ts";

try {
  const simulator = await startZustelldienst({ ...settingsFromEnvironment(process.env), preparesKeys: true });
  console.log(`Zustelldienst (SIMULATOR) ${simulator.url}`);
  const stop = async () => {
    await simulator.close();
    process.exit(0);
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
} catch (cause) {
  if (!(cause instanceof StartupError)) throw cause;
  console.error(`Zustelldienst (SIMULATOR): ${cause.message}`);
  process.exit(1);
}
