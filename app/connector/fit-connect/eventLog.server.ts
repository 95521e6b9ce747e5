import { z } from "zod";
import { DeliveryError } from "../errors.ts";
import { isUnknown, readJson } from "./answers.server.ts";
import type { Client } from "./client.server.ts";
import type { FitConnectConfig } from "./config.server.ts";
import { readHistory, type History } from "./history.server.ts";
import type { FitConnectProgress } from "./progress.server.ts";
import { verifyStatement, type Statement, type StatementKeys } from "./statement.server.ts";

const PAGE = 100;
const MAX_STATEMENTS = 2000;

const logPage = z.object({ totalCount: z.int().min(0), eventLog: z.array(z.string().max(200_000)) });

/** Everything needed to read and believe event logs. */
export type EventLogs = { client: Client; config: FitConnectConfig; keys: StatementKeys };

/** The verified history of a submission, undefined if the Zustelldienst no longer knows its case. @throws DeliveryError */
export async function readEventLog(logs: EventLogs, progress: FitConnectProgress): Promise<History | undefined> {
  const raws = await fetchLog(logs, progress.caseId);
  if (!raws) return undefined;
  const { submissionId, caseId, destinationId } = progress;
  const expected = { submissionId, caseId, destinationId, issuer: logs.config.issuer, now: logs.client.now() };
  const statements: Statement[] = [];
  for (const raw of raws) {
    const statement = await verifyStatement(raw, expected, logs.keys);
    if (statement) statements.push(statement);
  }
  return readHistory(statements, progress);
}

async function fetchLog({ client, config }: EventLogs, caseId: string): Promise<string[] | undefined> {
  const raws: string[] = [];
  for (;;) {
    const url = `${config.submissionUrl}/v2/cases/${caseId}/events?offset=${raws.length}&limit=${PAGE}`;
    const answer = await client.call({ method: "GET", url }, [404]);
    if (isUnknown(answer, client.now())) return undefined;
    const { totalCount, eventLog } = readJson(answer, logPage);
    raws.push(...eventLog);
    if (raws.length >= totalCount) return raws;
    if (eventLog.length === 0 || raws.length > MAX_STATEMENTS) {
      throw new DeliveryError("unexpectedAnswer", true, { cause: new Error("The event log is cut or endless") });
    }
  }
}
