import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: ["./drizzle/schema.ts", "./drizzle/incoming.ts", "./drizzle/helping.ts"],
  out: "./drizzle/migrations",
});
