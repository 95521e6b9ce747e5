// @ts-check
/** `npm run build`: packages, fonts and build, as `npm start` makes them, without starting anything. */
import { complain } from "./say.mjs";
import { setUp } from "./setup.mjs";

try {
  await setUp();
} catch (error) {
  complain(error);
  process.exit(1);
}
