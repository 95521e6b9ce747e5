import { useEffect, useRef } from "react";
import { Alert, type AlertProps } from "#app/components/Alert.tsx";

/**
 * What a check found. Takes the focus, as errors do: by `autofocus` without script, by an effect after each check.
 * @param attempt anything that is another one after each post: the same result takes focus again
 */
export function ResultBox({
  tone,
  title,
  texts,
  attempt,
}: Pick<AlertProps, "tone" | "title"> & { texts: readonly string[]; attempt: unknown }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [attempt]);
  return (
    <div id="result" ref={box} tabIndex={-1} autoFocus role="group" aria-label={title}>
      <Alert tone={tone} title={title}>
        <div className="ao-stack ao-stack--s">
          {texts.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </div>
      </Alert>
    </div>
  );
}
