import { Text } from '@shopify/polaris';
import type { ReactNode } from 'react';

/** A part of the text that is underlined: from `start` on, before `end`. */
export interface CodeMark {
  start: number;
  end: number;
  /** `wrong` as an error, `special` as something to know of. */
  as: 'wrong' | 'special';
}

interface CodeFieldProps {
  id: string;
  label: string;
  help: string;
  placeholder: string;
  value: string;
  maxLength: number;
  marks: readonly CodeMark[];
  /** Whether the text is wrong; `below` says why. */
  isWrong: boolean;
  onChange: (value: string) => void;
  /** What is said about the text, read aloud when it changes. */
  below: ReactNode;
}

/** A text of several lines in which parts can be underlined. It grows with its content. */
export function CodeField(props: CodeFieldProps) {
  const { id, label, help, placeholder, value, maxLength, marks, isWrong, onChange, below } = props;
  return (
    <div className="code-field-whole">
      <label htmlFor={id}>{label}</label>
      <div className="code-field">
        {/* The same text behind the field, so that its parts can be underlined. */}
        <pre aria-hidden>
          {piecesOf(value, marks).map(({ text, mark, start }) =>
            mark === null ? (
              <span key={start}>{text}</span>
            ) : (
              <mark key={start} className={`code-${mark}`}>
                {text}
              </mark>
            ),
          )}{' '}
        </pre>
        <textarea
          id={id}
          value={value}
          maxLength={maxLength}
          placeholder={placeholder}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          rows={3}
          dir="ltr"
          aria-invalid={isWrong}
          aria-describedby={`${id}-help ${id}-below`}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
      <div id={`${id}-help`}>
        <Text as="p" variant="bodySm" tone="subdued">
          {help}
        </Text>
      </div>
      <div id={`${id}-below`} role="status">
        {below}
      </div>
    </div>
  );
}

interface Piece {
  start: number;
  text: string;
  mark: CodeMark['as'] | null;
}

/** The text cut at its marks; of marks that meet the first one counts. */
function piecesOf(value: string, marks: readonly CodeMark[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end, as } of marks.toSorted((one, other) => one.start - other.start)) {
    if (start < at) continue;
    if (start > at) pieces.push({ start: at, text: value.slice(at, start), mark: null });
    // A mark of nothing, as at the end of the text, is one space wide.
    pieces.push({ start, text: value.slice(start, end) || ' ', mark: as });
    at = end;
  }
  if (at < value.length) pieces.push({ start: at, text: value.slice(at), mark: null });
  return pieces;
}

/** Selects a part of a field, so that it can be seen and typed over. */
export function selectInField(id: string, { start, end }: { start: number; end: number }): void {
  const field = document.getElementById(id);
  if (!(field instanceof HTMLTextAreaElement)) return;
  field.focus();
  field.setSelectionRange(start, end);
}
