import { type Fields, readVersion1 } from './fields.ts';
import { type Merchandise, type ValidationInput } from './input.ts';
import { writeMessage } from './texts.ts';

export interface ValidationResult {
  operations: { validationAdd: { errors: { message: string; target: string }[] } }[];
}

/** More products are not named: the message stands in the cart of a phone. */
const NAMED_AT_MOST = 3;

/**
 * The target `cart.validations.generate.run`: stops carts with products that the buyer may not have, at every step: express
 * buttons start in the cart. What it cannot read lets the cart pass; the app's health page reports it.
 */
export function cartValidationsGenerateRun(input: ValidationInput): ValidationResult {
  const { cart, validation, localization } = input;
  const texts = validation.metafield?.jsonValue;
  // Texts of a later version belong to a Function that is not deployed yet.
  if (texts != null && !readVersion1(texts)) return { operations: [] };
  const buyer = cart.buyerIdentity;
  // An e-mail address typed at the checkout is no sign-in; at a till staff chose the customer.
  const isKnown = buyer?.customer != null && (buyer.isAuthenticated || cart.retailLocation !== null);
  const person = isKnown ? readVersion1(buyer.customer?.metafield?.jsonValue) : null;
  const refused: string[] = [];
  for (const { merchandise } of cart.lines) {
    const title = refusedTitle(merchandise, person);
    if (title !== null && !refused.includes(title)) refused.push(title);
  }
  if (refused.length === 0) return { operations: [] };
  const named = refused.slice(0, NAMED_AT_MOST).join(', ');
  const products = refused.length > NAMED_AT_MOST ? `${named}, …` : named;
  const message = writeMessage(texts, localization.language.isoCode, isKnown ? 'other' : 'guest', products);
  return { operations: [{ validationAdd: { errors: [{ message, target: '$.cart' }] } }] };
}

/** The product's title where the buyer may not have it. */
function refusedTitle(merchandise: Merchandise, person: Fields | null): string | null {
  if (merchandise.__typename !== 'ProductVariant') return null;
  const { title, metafield } = merchandise.product;
  const access = readVersion1(metafield?.jsonValue);
  if (!access) return null;
  const categories = listOf(access.cats);
  const tiers = listOf(access.tiers);
  if (categories.length === 0 && tiers.length === 0) return null;
  return categories.includes(person?.cat) || tiers.includes(person?.tier) ? null : title;
}

/** The names in a list; anything else in it is left out, so that nobody gets in by a missing name. */
function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
