import { z } from "zod";
import fees from "#config/law/fees.json" with { type: "json" };
import periods from "#config/law/periods.json" with { type: "json" };
import points from "#config/law/points.json" with { type: "json" };
import thresholds from "#config/law/thresholds.json" with { type: "json" };
import { lawRow, type LawRow } from "#flows/law/law.ts";

/** Every row of `config/law`, whatever its validity; `lawInForce` picks those of a day. */
export const lawRows: readonly LawRow[] = z.array(lawRow).parse([...fees, ...thresholds, ...periods, ...points]);
