import { useRef, useState, type DragEvent } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Badge, Tag } from "#app/components/Badge.tsx";
import { controlId } from "#app/components/controlId.ts";
import { EvidenceFiles, type EvidenceFile, type RefusedFile } from "#app/components/EvidenceFiles.tsx";
import { FieldError, InputShell } from "#app/components/FieldParts.tsx";
import { GermanTerm } from "#app/components/GermanTerm.tsx";
import { Icon } from "#app/components/Icon.tsx";
import { isUnderway, type UploadQueue, type UploadRow } from "#app/components/upload/queueView.ts";
import { UploadRows } from "#app/components/upload/UploadRows.tsx";
import { useKeptFocus } from "#app/components/upload/useKeptFocus.ts";

export type EvidenceState = "missing" | "optional" | "done" | "later" | "refused" | "uploading" | "waiting";

export type EvidenceUploadProps = {
  /** Code of the evidence; the controls are `<code>.files`, `<code>.later`, `<code>.reason`. */
  code: string;
  title: string;
  titleDe?: string;
  hint?: string;
  state: EvidenceState;
  files: readonly EvidenceFile[];
  refused?: readonly RefusedFile[];
  /** What may be handed in, in one line; under the file field. */
  rules?: string;
  accept: string;
  /** The word that it comes later; absent where that makes no sense. */
  later?: { isChosen: boolean; reason: string };
  error?: string;
};

/** With script: where chosen files go at once. */
type WithQueue = EvidenceUploadProps & { queue?: UploadQueue | undefined };

/** Names of the controls of one piece of evidence. */
export function evidenceControls(code: string) {
  return { files: `${code}.files`, later: `${code}.later`, reason: `${code}.reason` } as const;
}

function StateMark({ state }: { state: EvidenceState }) {
  const { t } = useTranslation();
  const label = t(`upload.state.${state}`);
  switch (state) {
    case "done":
      return <Badge tone="success" label={label} />;
    case "refused":
      return <Badge tone="danger" label={label} />;
    case "uploading":
      return <Badge tone="info" icon="autorenew" label={label} />;
    case "waiting":
      return <Badge tone="warning" label={label} />;
    default:
      return <Tag label={label} />;
  }
}

/** What a box says of its state while files of it are on their way. */
function stateWith(state: EvidenceState, rows: readonly UploadRow[]): EvidenceState {
  if (rows.some(({ phase }) => phase === "refused")) return "refused";
  if (rows.some(({ phase }) => phase === "waiting" || phase === "stopped" || phase === "closed")) return "waiting";
  if (rows.some(isUnderway)) return "uploading";
  return state;
}

type FileFieldProps = Pick<EvidenceUploadProps, "code" | "accept" | "rules" | "error"> & {
  label: string;
  headingId: string;
  canDrop: boolean;
};

function FileField({ code, label, accept, rules, error, headingId, canDrop }: FileFieldProps) {
  const { t } = useTranslation();
  const name = evidenceControls(code).files;
  const id = controlId(name);
  return (
    <div className="kern-form-input ao-drop">
      <label className="kern-label" htmlFor={id}>
        {label}
      </label>
      {rules && (
        <div className="kern-hint" id={`${id}-hint`}>
          {rules}
          {canDrop && <span className="ao-drop__hint"> {t("upload.drop")}</span>}
        </div>
      )}
      <input
        className="kern-form-input__input"
        type="file"
        id={id}
        name={name}
        multiple
        accept={accept}
        aria-describedby={[headingId, rules && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ")}
        aria-invalid={error ? true : undefined}
      />
    </div>
  );
}

function Later({ code, isChosen, reason }: { code: string; isChosen: boolean; reason: string }) {
  const { t } = useTranslation();
  const names = evidenceControls(code);
  const id = controlId(names.later);
  return (
    <>
      <div className="kern-form-check ao-later">
        <input
          className="kern-form-check__checkbox"
          type="checkbox"
          id={id}
          name={names.later}
          value="yes"
          defaultChecked={isChosen}
        />
        <label className="kern-label" htmlFor={id}>
          {t("upload.later")}
        </label>
      </div>
      <div className="ao-later__why">
        <InputShell text={{ name: names.reason, label: t("upload.reason"), optional: true }}>
          <input
            className="kern-form-input__input"
            type="text"
            id={controlId(names.reason)}
            name={names.reason}
            dir="auto"
            autoComplete="off"
            maxLength={500}
            defaultValue={reason}
          />
        </InputShell>
      </div>
    </>
  );
}

const carriesFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes("Files");

/** Lets files be dropped on a box; `isOver` while they are held above it. */
function useDrop(code: string, queue: UploadQueue | undefined) {
  const [isOver, setIsOver] = useState(false);
  if (!queue) return { isOver: false, handlers: {} };
  const handlers = {
    onDragOver: (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setIsOver(true);
    },
    onDragLeave: ({ currentTarget, relatedTarget }: DragEvent) => {
      if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setIsOver(false);
    },
    onDrop: (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setIsOver(false);
      queue.add(code, [...event.dataTransfer.files]);
    },
  };
  return { isOver, handlers };
}

/** Files of a box that the server does not list yet. */
function rowsOf({ code, queue, files }: WithQueue): UploadRow[] {
  const own = queue?.rows.filter((row) => row.code === code) ?? [];
  return own.filter(({ phase, id }) => phase !== "done" || !files.some((file) => file.id === id));
}

/** Files that the server lists, but none of which the queue knows more. */
function listedOf({ files, queue }: WithQueue, rows: readonly UploadRow[]) {
  return files.filter(({ id, name, state }) => {
    if (state !== "waiting") return true;
    const isOnItsWay = rows.some((row) => row.id === id || (row.id === undefined && row.name === name));
    return !isOnItsWay && !queue?.ended.includes(id);
  });
}

/**
 * One piece of evidence: what it is, its files, a field for more, or the word that it comes later. Stands inside the
 * multipart form of the page: removing posts `remove=<file id>`. The form needs a `DefaultSubmit` first. With a queue,
 * files can be dropped too, and what is on its way is shown.
 */
export function EvidenceUpload(props: WithQueue) {
  const { code, title, titleDe, hint, refused = [], rules, accept, later, error, queue } = props;
  const { t } = useTranslation();
  const box = useRef<HTMLElement>(null);
  const rows = rowsOf(props);
  const files = listedOf(props, rows);
  const state = stateWith(props.state, rows);
  const { isOver, handlers } = useDrop(code, queue);
  const name = evidenceControls(code).files;
  const headingId = `${controlId(code)}-title`;
  const isRefused = state === "refused" || error !== undefined;
  const field = { code, accept, rules, error, headingId, canDrop: queue !== undefined };
  // As the page came: a field that folds away once its file has arrived would take the focus with it.
  const [isFolded] = useState(files.length > 0 || later?.isChosen === true);
  const kept = useKeptFocus(box);
  const classes = ["ao-upload ao-stack ao-stack--s", isRefused && "ao-upload--refused", isOver && "ao-upload--over"];
  return (
    <section
      className={classes.filter(Boolean).join(" ")}
      aria-labelledby={headingId}
      ref={box}
      {...handlers}
      {...kept}
    >
      <div className="ao-upload__head">
        <div>
          <h2 className="kern-heading-small" id={headingId}>
            {title}
            <GermanTerm term={titleDe} />
          </h2>
          {hint && <p className="ao-muted">{hint}</p>}
        </div>
        <StateMark state={state} />
      </div>
      {files.length + refused.length > 0 && <EvidenceFiles files={files} refused={refused} />}
      {queue && rows.length > 0 && <UploadRows rows={rows} retry={queue.retry} remove={queue.remove} />}
      {isFolded ? (
        <details className="ao-why" open={isRefused}>
          <summary>
            <Icon name="add" />
            {t(files.length > 0 ? "upload.more" : "upload.add")}
          </summary>
          <div>
            <FileField {...field} label={t("upload.choose")} />
          </div>
        </details>
      ) : (
        <FileField {...field} label={t(refused.length > 0 ? "upload.chooseOther" : "upload.choose")} />
      )}
      <FieldError name={name} error={error} />
      {later && <Later code={code} {...later} />}
    </section>
  );
}
