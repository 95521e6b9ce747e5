import { useId } from "react";

/** Papers to gather, each with an empty box to tick by pen. */
export function Checklist({ title, items }: { title: string; items: readonly { title: string; hint: string }[] }) {
  const id = useId();
  return (
    <section className="ao-stack" aria-labelledby={id}>
      <h2 className="kern-heading-medium" id={id}>
        {title}
      </h2>
      <ul className="ao-checklist">
        {items.map((item) => (
          <li key={item.title}>
            <strong>{item.title}</strong> <span className="ao-muted">{item.hint}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
