import { html } from "hono/html";
import { itemOf, orderedKeys, propertyOf, resolve, titleOf, type SchemaNode } from "./labels.ts";
import { isRecord, renderValue, type Html } from "./values.ts";
import { provenanceName } from "./words.ts";

type Context = { root: SchemaNode; provenance: Readonly<Record<string, string>> };

/** One labelled answer. */
export function pair(label: string, value: Html, origin?: string): Html {
  return html`<div class="pair">
    <dt>${label}</dt>
    <dd>${value}${origin ? html` <small class="muted">${origin}</small>` : ""}</dd>
  </div>`;
}

function isGroup(value: unknown): value is Record<string, unknown>[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item) => isRecord(item) && !("code" in item && "text" in item))
  );
}

function fields(node: SchemaNode, value: Record<string, unknown>, context: Context, depth: number): Html {
  const keys = orderedKeys(node, value).filter((key) => key !== "id");
  const groups = keys.filter((key) => isGroup(value[key]));
  const plain = keys.filter((key) => !groups.includes(key));
  const label = (key: string) => titleOf(propertyOf(context.root, node, key), key);
  return html`${
    plain.length > 0
      ? html`<dl class="pairs">
          ${plain.map((key) => pair(label(key), renderValue(value[key]), provenanceName(context.provenance[key])))}
        </dl>`
      : ""
  }
  ${groups.map((key) => items(propertyOf(context.root, node, key), label(key), value[key], context, depth))}`;
}

function items(node: SchemaNode, title: string, value: unknown, context: Context, depth: number): Html {
  if (!isGroup(value)) return html``;
  const item = itemOf(context.root, node);
  // Below six there is no heading; deeper lists keep the last one.
  return html`${value.map(
    (entry, index) =>
      html`<div class="item">
        <p class="item-title">${titleOf(item, title)} ${index + 1}</p>
        ${depth > 4 ? renderValue(entry) : fields(item, entry, context, depth + 1)}
      </div>`,
  )}`;
}

function section(id: string, node: SchemaNode, value: unknown, context: Context): Html {
  const body = isGroup(value)
    ? items(node, titleOf(node, id), value, context, 1)
    : isRecord(value)
      ? fields(node, value, context, 1)
      : html`<p>${renderValue(value)}</p>`;
  return html`<section>
    <h2>${titleOf(node, id)}</h2>
    ${body}
  </section>`;
}

/** All sections of `data`, with the German labels of the schema and in its order. */
export function renderAnswers(
  data: Record<string, unknown>,
  schema: SchemaNode | undefined,
  provenance: Readonly<Record<string, string>>,
): Html {
  const root = schema ?? {};
  const context = { root, provenance };
  const node = propertyOf(root, resolve(root, root), "data");
  const keys = orderedKeys(node, data);
  if (keys.length === 0) return html`<p class="muted">Der Antrag enthält keine Angaben.</p>`;
  return html`${keys.map((key) => section(key, propertyOf(root, node, key), data[key], context))}`;
}
