/** The words, signs and values of a query text. */
import { QueryProblem, type Span } from './query-error.ts';

export type Literal =
  | { kind: 'number'; text: string }
  | { kind: 'text'; text: string }
  /** `YYYY-MM-DD` */
  | { kind: 'day'; day: string }
  /** A day and a time of it. */
  | { kind: 'time' }
  /** `MM-DD` */
  | { kind: 'monthDay'; monthDay: string }
  /** A number of days before (`-30d`) or after today; `unit` as written. */
  | { kind: 'offset'; days: number; isPast: boolean; unit: 'd' | 'w' | 'm' | 'y' };

type Sign = '(' | ')' | ',' | ':' | '=' | '!=' | '>' | '>=' | '<' | '<=';

/** `text` as written. */
export type Token = { span: Span; text: string } & (
  { kind: 'word' } | { kind: 'sign'; sign: Sign } | { kind: 'literal'; literal: Literal } | { kind: 'end' }
);

const DAYS: Record<'d' | 'w', number> = { d: 1, w: 7 };
const YEAR_DAYS = 365;
const MONTHS = 12;

/** Months and years are not of one length: a year counts as 365 days, a month as a twelfth of it. */
function daysOf(count: number, unit: 'd' | 'w' | 'm' | 'y'): number {
  if (unit === 'd' || unit === 'w') return count * DAYS[unit];
  return unit === 'y' ? count * YEAR_DAYS : Math.round((count * YEAR_DAYS) / MONTHS);
}

const offset = (count: string, unit: 'd' | 'w' | 'm' | 'y', isPast: boolean): Literal => ({
  kind: 'offset',
  days: daysOf(Number(count), unit),
  isPast,
  unit,
});

const unitOf = (letter: string): 'd' | 'w' | 'm' | 'y' => {
  const found = (['d', 'w', 'm', 'y'] as const).find((unit) => unit === letter.toLowerCase());
  return found ?? 'd';
};

const SPACE = /[\s\u00a0\ufeff]+/uy;
const SIGN = /!=|<>|>=|<=|[(),:=<>]/y;
const WORD = /[\p{L}_][\p{L}\p{M}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{M}\p{N}_]*)*/uy;
/** A word or number must not go on behind a value. */
const END = '(?![\\p{L}\\p{N}_.-])';

/** Longest first. */
const LITERALS: readonly [RegExp, (parts: readonly string[]) => Literal][] = [
  [new RegExp(`\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(?::\\d\\d)?Z?${END}`, 'uy'), () => ({ kind: 'time' })],
  [new RegExp(`\\d{4}-\\d\\d-\\d\\d${END}`, 'uy'), ([day = '']) => ({ kind: 'day', day })],
  [new RegExp(`\\d\\d-\\d\\d${END}`, 'uy'), ([monthDay = '']) => ({ kind: 'monthDay', monthDay })],
  [
    new RegExp(`(\\d{1,6})_(day|month)s_ago${END}`, 'uy'),
    ([, count = '0', unit]) => offset(count, unit === 'day' ? 'd' : 'm', true),
  ],
  [
    new RegExp(`([+-])(\\d{1,6})([dwmyDWMY])${END}`, 'uy'),
    ([, sign, count = '0', unit = 'd']) => offset(count, unitOf(unit), sign === '-'),
  ],
  [new RegExp(`[+-]?\\d+(?:\\.\\d+)?${END}`, 'uy'), ([text = '']) => ({ kind: 'number', text })],
];

/** What opens a text, and what then closes it: quotes as they are pasted from documents, too. */
const QUOTES: Readonly<Record<string, string>> = { "'": "'", '"': '"', '‘': '’', '’': '’', '“': '”' };

function signOf(text: string): Sign {
  const signs = ['(', ')', ',', ':', '=', '!=', '>', '>=', '<', '<='] as const;
  return signs.find((sign) => sign === text) ?? '!=';
}

/** Reads a quoted text; a backslash takes the next character as it is. */
function quoted(text: string, start: number, closing: string): Token {
  let content = '';
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === closing) {
      const span = { start, end: at + 1 };
      return {
        kind: 'literal',
        literal: { kind: 'text', text: content },
        span,
        text: text.slice(start, at + 1),
      };
    }
    if (character === '\\' && at + 1 < text.length) at += 1;
    content += text.charAt(at);
  }
  throw new QueryProblem('quote', { start, end: text.length });
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function tokenAt(text: string, start: number): Token {
  const closing = QUOTES[text.charAt(start)];
  if (closing !== undefined) return quoted(text, start, closing);
  for (const [pattern, read] of LITERALS) {
    const found = match(pattern, text, start);
    if (found) return { kind: 'literal', literal: read(found), ...part(found[0], start) };
  }
  const sign = match(SIGN, text, start);
  if (sign) return { kind: 'sign', sign: signOf(sign[0]), ...part(sign[0], start) };
  const word = match(WORD, text, start);
  if (word) return { kind: 'word', ...part(word[0], start) };
  const [character = ''] = text.slice(start);
  throw new QueryProblem('character', { start, end: start + character.length }, { character });
}

const part = (text: string, start: number) => ({ text, span: { start, end: start + text.length } });

/** The tokens of a text; the last one is its end. Throws QueryProblem. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = match(SPACE, text, 0)?.[0].length ?? 0;
  while (at < text.length) {
    const token = tokenAt(text, at);
    tokens.push(token);
    at = token.span.end;
    at += match(SPACE, text, at)?.[0].length ?? 0;
  }
  tokens.push({ kind: 'end', text: '', span: { start: text.length, end: text.length } });
  return tokens;
}
