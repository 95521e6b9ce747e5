import type { Authority } from "#app/config/authority.ts";
import { problemsOf } from "#app/config/checkFile.ts";
import type { Problem } from "#app/config/errors.ts";
import { formatOf } from "#app/config/format.ts";
import { suggestion } from "#app/config/nearest.ts";
import type { YamlFile } from "#app/config/yamlFile.ts";

/** An authority together with the file it came from. */
export type Source = { file: YamlFile; authority: Authority };

/** What the deployment itself knows and an authority's file may name. */
export type Known = {
  serviceIds: readonly string[];
  languages: readonly string[];
  /** Names of the services' own pages and fields, which no added question may have; absent, nothing is compared. */
  fieldNames?: readonly string[];
  /** Whether there is a way to FIT-Connect; absent, nothing is compared. */
  fitConnect?: boolean;
  /** Whether destinations can be looked up; absent, nothing is compared. */
  routing?: boolean;
  /** Ids of the gateways that messages can be dropped at; absent, nothing is compared. */
  gateways?: readonly string[];
};

/** The same value named by two files; the later file (by name) gets the problem, which names the earlier one. */
function repeated(
  sources: readonly Source[],
  valueOf: (authority: Authority) => string | undefined,
  path: readonly string[],
  remedy: string,
): Problem[] {
  const owners = new Map<string, string>();
  return sources.flatMap(({ file, authority }) => {
    const value = valueOf(authority)?.toLowerCase();
    const owner = value === undefined ? undefined : owners.get(value);
    if (value !== undefined && owner === undefined) owners.set(value, file.file);
    return owner === undefined
      ? []
      : problemsOf(file, [{ path, what: `"${value}" is already used in ${owner}`, remedy }]);
  });
}

function misnamed(sources: readonly Source[], duplicated: ReadonlySet<string>): Problem[] {
  return sources.flatMap(({ file, authority: { id } }) => {
    if (file.file.endsWith(`/${id}.yaml`) || duplicated.has(file.file)) return [];
    return problemsOf(file, [
      {
        path: ["id"],
        what: `"${id}" differs from the file name`,
        remedy: `Call the file ${id}.yaml, or correct the id.`,
      },
    ]);
  });
}

function unknownWords(sources: readonly Source[], key: "services" | "languages", known: readonly string[]): Problem[] {
  return sources.flatMap(({ file, authority }) =>
    authority[key].flatMap((word, index, all) => {
      const path = [key, index];
      if (!known.includes(word))
        return problemsOf(file, [{ path, what: `"${word}" is unknown`, remedy: suggestion(word, known) }]);
      if (all.indexOf(word) !== index)
        return problemsOf(file, [{ path, what: `"${word}" stands here twice`, remedy: "Remove one." }]);
      return [];
    }),
  );
}

/** Answers are kept by name: a question called like a page or a field would overwrite its answer. */
function takenQuestionIds(sources: readonly Source[], taken: readonly string[]): Problem[] {
  return sources.flatMap(({ file, authority: { settings } }) =>
    settings.extraQuestions.flatMap(({ id }, index) => {
      if (!taken.includes(id)) return [];
      const path = ["settings", "extraQuestions", index, "id"];
      const what = `"${id}" is already a name of the service's own questions`;
      return problemsOf(file, [{ path, what, remedy: "Choose another id." }]);
    }),
  );
}

/** Both claim the same place: one area lies in the other and the owner of the larger one does not except it. */
function overlaps(sources: readonly Source[]): Problem[] {
  const claims = sources.flatMap(({ file, authority }) =>
    authority.competence.areas.map((area, index) => ({ file, area, index, except: authority.competence.except })),
  );
  return claims.flatMap((claim, position) =>
    claims.slice(0, position).flatMap((earlier) => {
      const [outer, inner] = earlier.area.length <= claim.area.length ? [earlier, claim] : [claim, earlier];
      const excepted = outer.except.some((part) => inner.area.startsWith(part));
      if (!inner.area.startsWith(outer.area) || (excepted && outer.file !== inner.file)) return [];
      const what = `area "${claim.area}" overlaps with "${earlier.area}" of ${earlier.file.file}`;
      const remedy =
        outer.area === inner.area
          ? "Remove the area from one of the two files."
          : `If another authority looks after "${inner.area}", name it under competence.except in ${outer.file.file}.`;
      return problemsOf(claim.file, [{ path: ["competence", "areas", claim.index], what, remedy }]);
    }),
  );
}

function strayExceptions(sources: readonly Source[]): Problem[] {
  return sources.flatMap(({ file, authority: { competence } }) =>
    competence.except.flatMap((part, index) => {
      if (competence.areas.some((area) => part.startsWith(area) && part !== area)) return [];
      const remedy = "Name a smaller area inside one of competence.areas, or remove it.";
      return problemsOf(file, [
        { path: ["competence", "except", index], what: `"${part}" lies in none of the areas`, remedy },
      ]);
    }),
  );
}

function destinationOf({ transport }: Authority): string | undefined {
  return transport.kind === "fit-connect" ? transport.destinationId : undefined;
}

function directoryKeyOf({ transport }: Authority): string | undefined {
  return "authorityKey" in transport ? transport.authorityKey : undefined;
}

/** Who has its destination looked up needs somebody who knows it. */
function unroutable(sources: readonly Source[]): Problem[] {
  const remedy = "Set FITCONNECT_ROUTING_URL and FITCONNECT_PORTAL_URL, or name the destinationId instead.";
  return sources.flatMap(({ file, authority: { transport } }) =>
    transport.kind === "fit-connect" && transport.routing
      ? problemsOf(file, [{ path: ["transport", "routing"], what: "has no routing service to ask", remedy }])
      : [],
  );
}

/** Who is reached over FIT-Connect needs the way to it. */
function withoutFitConnect(sources: readonly Source[]): Problem[] {
  const remedy = "Set the variables FITCONNECT_…, or choose another kind.";
  return sources.flatMap(({ file, authority: { transport } }) =>
    transport.kind === "fit-connect"
      ? problemsOf(file, [{ path: ["transport", "kind"], what: "there is no way to FIT-Connect", remedy }])
      : [],
  );
}

/** Messages of a standard name their sender by its key in the directory, which the operator's file lacks. */
export function senderProblems(operator: readonly YamlFile[], sources: readonly Source[]): Problem[] {
  const taker = sources.find(({ authority }) => formatOf(authority) !== "json");
  if (!taker) return [];
  const what = `is missing, but ${taker.file.file} has the format ${formatOf(taker.authority)}`;
  const remedy = "Name the key of the online service in the DVDV and the version of its list.";
  return operator.flatMap((file) => problemsOf(file, [{ path: ["directory"], what, remedy }]));
}

/** A folder of a gateway belongs to one authority: whoever empties it could not tell whose a message is. */
function mailboxOf({ transport }: Authority): string | undefined {
  return transport.kind === "drop" ? `${transport.gateway}/${transport.mailbox}` : undefined;
}

/** Who names a gateway needs one that this installation knows. */
function unknownGateways(sources: readonly Source[], known: readonly string[]): Problem[] {
  return sources.flatMap(({ file, authority: { transport } }) => {
    if (transport.kind !== "drop" || known.includes(transport.gateway)) return [];
    const remedy =
      known.length > 0 ? suggestion(transport.gateway, known) : "Describe it in the file that GATEWAYS names.";
    const what = `there is no gateway "${transport.gateway}"`;
    return problemsOf(file, [{ path: ["transport", "gateway"], what, remedy }]);
  });
}

/** Finds what no file shows alone: the same id, destination or area twice, and words the deployment does not know. */
export function crossCheck(sources: readonly Source[], known: Known): Problem[] {
  const ids = repeated(sources, ({ id }) => id, ["id"], "Give each authority its own id.");
  const each = "Each authority has a destination of its own; look it up in the FIT-Connect portal.";
  return [
    ...ids,
    ...misnamed(sources, new Set(ids.map(({ file }) => file))),
    ...repeated(sources, ({ ars }) => ars, ["ars"], "Each authority has its own regional key."),
    ...repeated(sources, destinationOf, ["transport", "destinationId"], each),
    ...repeated(sources, mailboxOf, ["transport", "mailbox"], "Each authority has a mailbox of its own."),
    ...repeated(
      sources,
      directoryKeyOf,
      ["transport", "authorityKey"],
      "Each authority has a key of its own in the DVDV.",
    ),
    ...unknownWords(sources, "services", known.serviceIds),
    ...unknownWords(sources, "languages", known.languages),
    ...takenQuestionIds(sources, known.fieldNames ?? []),
    ...overlaps(sources),
    ...strayExceptions(sources),
    ...(known.fitConnect === false ? withoutFitConnect(sources) : []),
    ...(known.routing === false ? unroutable(sources) : []),
    ...(known.gateways ? unknownGateways(sources, known.gateways) : []),
  ];
}

const SAMPLE = /[@./]example\.(org|com|net)\b|\(Muster\)|^[a-z]{3}:muster/;

const PRACTICE: readonly string[] = ["failing", "slow"];

/** What must not reach production: sample values of the demo files and transports that never deliver. */
export function productionProblems(files: readonly YamlFile[], sources: readonly Source[]): Problem[] {
  const samples = files.flatMap(({ file, texts }) =>
    texts
      .filter(({ text }) => SAMPLE.test(text))
      .map(({ line, text }) => ({
        file,
        line,
        key: "",
        what: `"${text}" is a sample value`,
        remedy: "Write the real value.",
      })),
  );
  const practice = sources.filter(({ authority }) => PRACTICE.includes(authority.transport.kind));
  const remedy = "Use fit-connect or drop, or none while the authority has no interface.";
  return [
    ...samples,
    ...practice.flatMap(({ file, authority }) => {
      const what = `${authority.transport.kind} is for practice only`;
      return problemsOf(file, [{ path: ["transport", "kind"], what, remedy }]);
    }),
  ];
}
