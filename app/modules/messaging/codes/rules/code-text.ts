/** The text with a code. The shop's name first: people read no further. */
const TEXTS = {
  en: (shop: string, code: string) =>
    `${shop}: your code is ${code}. Tell it to the staff only if you want to use your points now. It is valid for 5 minutes.`,
  id: (shop: string, code: string) =>
    `${shop}: kode Anda ${code}. Sebutkan kepada kasir hanya jika Anda ingin memakai poin sekarang. Berlaku 5 menit.`,
} as const;

export type CodeLanguage = keyof typeof TEXTS;

/** Returns the language of a locale, English for one that has no text. */
export function codeLanguage(locale: string | null): CodeLanguage {
  return locale?.toLowerCase().startsWith('id') ? 'id' : 'en';
}

/** Returns the message with a code. */
export function codeText(language: CodeLanguage, shop: string, code: string): string {
  return TEXTS[language](shop, code);
}

const HIDDEN_DIGITS = 5;
const SHOWN_DIGITS = 3;

/** Hides the middle of a number: "+62 ••••• 890". Staff see that it is the customer's, and not more. */
export function maskPhone(e164: string): string {
  const start = e164.slice(0, SHOWN_DIGITS);
  return `${start} ${'•'.repeat(HIDDEN_DIGITS)} ${e164.slice(-SHOWN_DIGITS)}`;
}
