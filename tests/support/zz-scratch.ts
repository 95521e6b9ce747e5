import { startStack } from "./service.ts";
import { newApplicant, referenceOf } from "./applicant.ts";
import { until } from "./until.ts";
const s = await startStack();
try {
const a = newApplicant(s.url);
let t = Date.now();
const review = await a.fillIn();
console.log("filled", Date.now() - t, review.path); t = Date.now();
const receipt = await a.submit(review);
console.log(Date.now() - t, receipt.status, receipt.path, referenceOf(receipt)); t = Date.now();
console.log(await until(a.events, (e) => e.includes("accepted")), Date.now() - t);
console.log(await a.accessCode());
console.log(await (await fetch(s.fachverfahren + "/statistics")).text(), await (await fetch(s.fachverfahren + "/api/applications")).text());
const list = await (await fetch(s.fachverfahren + "/api/applications")).json() as any;
console.log((await (await fetch(s.fachverfahren + "/api/applications/" + list[0].messageId)).text()));
} finally { await s.stop(); }
