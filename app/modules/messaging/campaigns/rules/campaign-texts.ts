/** The languages of a campaign, and how each says how to stop. */

export const TEXT_LANGUAGES = ['en', 'id', 'th', 'fa'] as const;
export type TextLanguage = (typeof TEXT_LANGUAGES)[number];

/** A text in one language, and in others where there is one. */
export interface Texts {
  /** For customers whose language has no text. */
  language: TextLanguage;
  text: string;
  texts: Partial<Record<TextLanguage, string>>;
}

/** The text for a customer's language ("id-ID"); the default one where there is none. */
export function textFor(
  { language, text, texts }: Texts,
  locale: string | null,
): { language: TextLanguage; text: string } {
  const wanted = TEXT_LANGUAGES.find((each) => each === locale?.split(/[-_]/)[0]?.toLowerCase());
  const own = wanted === undefined || wanted === language ? undefined : texts[wanted];
  return wanted === undefined || own === undefined || own === ''
    ? { language, text }
    : { language: wanted, text: own };
}

/** Every text that is sent to someone. */
export function allTexts({ text, texts }: Texts): string[] {
  return [text, ...Object.values(texts)].filter((each) => each !== '');
}

/** How a recipient is told to stop: by a word where their answer reaches us, else by a link. */
const STOP_LINES: Record<TextLanguage, { word: string; link: string }> = {
  en: { word: 'Reply STOP to opt out', link: 'Opt out:' },
  id: { word: 'Balas STOP untuk berhenti', link: 'Berhenti:' },
  th: { word: 'ตอบ ยกเลิก เพื่อหยุดรับ', link: 'หยุดรับ:' },
  fa: { word: 'برای لغو، «لغو» بفرستید', link: 'لغو:' },
};
/** Canada has two official languages; ARRET stops as STOP does. */
const CANADIAN_WORD = 'Reply STOP or ARRET to opt out';
/** Malaysia: companies' messages begin with their price for the recipient (MCMC). */
const PREFIXES: ReadonlyMap<string, string> = new Map([['MY', 'RM0.00 ']]);

export interface StopNote {
  language: TextLanguage;
  country: string;
  /** Null where a word is enough. */
  link: string | null;
}

/** Adds what the country asks for, and the line that says how to stop. Both are part of the text when parts are counted. */
export function withStopLine(text: string, { language, country, link }: StopNote): string {
  const lines = STOP_LINES[language];
  const word = country === 'CA' && language === 'en' ? CANADIAN_WORD : lines.word;
  const prefix = PREFIXES.get(country) ?? '';
  return `${prefix}${text.trimEnd()}\n${link === null ? word : `${lines.link} ${link}`}`;
}
