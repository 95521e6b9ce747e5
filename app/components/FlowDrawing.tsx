/** A drawing of a flow. The SVG is made by `flows/engine/svg.ts`, which escapes every word it writes. */
export function FlowDrawing({ svg, label }: { svg: string; label: string }) {
  return (
    <div className="ao-flow" role="region" tabIndex={0} aria-label={label} dangerouslySetInnerHTML={{ __html: svg }} />
  );
}
