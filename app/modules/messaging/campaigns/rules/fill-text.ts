/** The text of a campaign with each recipient's own words. */

export const VARIABLES = [
  'first_name',
  'points',
  'credit',
  'expiring',
  'expiring_on',
  'tier',
  'club',
  'shop',
] as const;
export type Variable = (typeof VARIABLES)[number];
/** These can be empty: they need a fallback, as in `{{first_name|friend}}`. */
const MAY_BE_EMPTY: readonly Variable[] = ['first_name', 'tier', 'expiring_on'];

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

/** Which variables a text names. */
export function variablesOf(text: string): Set<Variable> {
  return new Set(
    [...text.matchAll(PLACEHOLDER)].flatMap(
      ([, name]) => VARIABLES.find((variable) => variable === name) ?? [],
    ),
  );
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

/** With its country's code or its zero, 8 digits or more: no amount and no date is written so. */
const CALLBACK = /(?:\+|(?<![\d.,/-])0)\d(?:[ ().-]?\d){6,}/;

/** Whether it asks to be called: a telephone number. */
export function hasCallback(text: string): boolean {
  return CALLBACK.test(text);
}
