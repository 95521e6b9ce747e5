import { useTranslation } from "react-i18next";
import { Badge, Tag } from "#app/components/Badge.tsx";
import { controlId } from "#app/components/controlId.ts";
import { EvidenceFiles, type EvidenceFile, type RefusedFile } from "#app/components/EvidenceFiles.tsx";
import { FieldError, InputShell } from "#app/components/FieldParts.tsx";
import { GermanTerm } from "#app/components/GermanTerm.tsx";
import { Icon } from "#app/components/Icon.tsx";

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

type FileFieldProps = Pick<EvidenceUploadProps, "code" | "accept" | "rules" | "error"> & {
  label: string;
  headingId: string;
};

function FileField({ code, label, accept, rules, error, headingId }: FileFieldProps) {
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

/**
 * One piece of evidence: what it is, its files, a field for more, or the word that it comes later. Stands inside the
 * multipart form of the page: removing posts `remove=<file id>`. The form needs a `DefaultSubmit` first.
 */
export function EvidenceUpload(props: EvidenceUploadProps) {
  const { code, title, titleDe, hint, state, files, refused = [], rules, accept, later, error } = props;
  const { t } = useTranslation();
  const name = evidenceControls(code).files;
  const headingId = `${controlId(code)}-title`;
  const isRefused = state === "refused" || error !== undefined;
  const field = { code, accept, rules, error, headingId };
  const isFolded = files.length > 0 || later?.isChosen === true;
  return (
    <section
      className={`ao-upload ao-stack ao-stack--s${isRefused ? " ao-upload--refused" : ""}`}
      aria-labelledby={headingId}
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
