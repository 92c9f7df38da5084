/** The text of a campaign with each recipient's own words. */

export const VARIABLES = ['first_name', 'points', 'credit', 'tier', 'shop'] as const;
export type Variable = (typeof VARIABLES)[number];
/** These can be empty: they need a fallback, as in `{{first_name|friend}}`. */
const MAY_BE_EMPTY: readonly Variable[] = ['first_name', 'tier'];

const PLACEHOLDER = /\{\{\s*([a-z_]+)\s*(?:\|([^{}]*))?\}\}/g;
const LEFT_OVER = /\{\{|\}\}/;

export type TextProblem = 'unknown_variable' | 'needs_fallback';

/** What is wrong with a text; null for one that can be sent to anyone. */
export function checkText(text: string): TextProblem | null {
  for (const [, name, fallback] of text.matchAll(PLACEHOLDER)) {
    const variable = VARIABLES.find((each) => each === name);
    if (!variable) return 'unknown_variable';
    if (MAY_BE_EMPTY.includes(variable) && (fallback ?? '').trim() === '') return 'needs_fallback';
  }
  return LEFT_OVER.test(text.replaceAll(PLACEHOLDER, '')) ? 'unknown_variable' : null;
}

/** Puts a recipient's values in; the fallback where there is none. */
export function fillText(text: string, values: Readonly<Record<Variable, string>>): string {
  return text.replaceAll(PLACEHOLDER, (_all, name: string, fallback: string | undefined) => {
    const variable = VARIABLES.find((each) => each === name);
    const value = variable === undefined ? '' : values[variable].trim();
    return value === '' ? (fallback ?? '').trim() : value;
  });
}

const LINK = /https?:\/\/|www\.|\b[a-z0-9-]+\.(?:com|net|org|shop|store|id|co|me|ly|link|app|my|th|sg|ph)\b/i;

/** Whether a phone would show a link in it. */
export function hasLink(text: string): boolean {
  return LINK.test(text);
}

export const TEXT_LANGUAGES = ['en', 'id', 'th', 'fa'] as const;
export type TextLanguage = (typeof TEXT_LANGUAGES)[number];

/** How a recipient is told to stop: by a word where their answer reaches us, else by a link. */
const STOP_LINES: Record<TextLanguage, { word: string; link: string }> = {
  en: { word: 'Reply STOP to opt out', link: 'Opt out:' },
  id: { word: 'Balas STOP untuk berhenti', link: 'Berhenti:' },
  th: { word: 'ตอบ ยกเลิก เพื่อหยุดรับ', link: 'หยุดรับ:' },
  fa: { word: 'برای لغو، «لغو» بفرستید', link: 'لغو:' },
};

/** Adds the line that says how to stop. It is part of the text when parts are counted. */
export function withStopLine(text: string, language: TextLanguage, link: string | null): string {
  const line = STOP_LINES[language];
  return `${text.trimEnd()}\n${link === null ? line.word : `${line.link} ${link}`}`;
}
