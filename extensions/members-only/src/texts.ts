/**
 * The message, from the validation's metafield `$app:texts`: a Function has no locale files.
 * `{"v":1,"default":"en","texts":{"en":{"guest":"Sign in to buy {{products}}.","other":"…"},"id":{…}}}`
 */
import { isFields, type Fields } from './fields.ts';

/** Guests can sign in; for others the product is for someone else. */
export type Reason = 'guest' | 'other';

/** What is said while the shop's own texts are not written. */
const ENGLISH: Record<Reason, string> = {
  guest: 'Sign in to buy {{products}}.',
  other: '{{products}} is only for certain customers.',
};

/**
 * The message for a buyer: in the language, or the language without its region, or the shop's own, or English.
 * @param language as Shopify writes it: ID, PT_BR
 */
export function writeMessage(value: unknown, language: string, reason: Reason, products: string): string {
  const fields = isFields(value) ? value : {};
  const wanted = language.toLowerCase().replace('_', '-');
  const text =
    textOf(fields, wanted, reason) ??
    textOf(fields, wanted.split('-')[0], reason) ??
    textOf(fields, fields.default, reason) ??
    ENGLISH[reason];
  return text.split('{{products}}').join(products);
}

function textOf({ texts }: Fields, language: unknown, reason: Reason): string | null {
  if (!isFields(texts) || typeof language !== 'string' || !Object.hasOwn(texts, language)) return null;
  const own = texts[language];
  const text = isFields(own) && Object.hasOwn(own, reason) ? own[reason] : null;
  return typeof text === 'string' && text !== '' ? text : null;
}
