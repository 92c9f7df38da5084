/** Runs the app's cart and checkout validations. */
import { z } from 'zod';

import type { World } from '../../world.ts';
import type { Cart } from '../pricing.ts';
import { priceLines } from '../pricing.ts';
import { cartSource, channelOf, metafieldOf } from './cart-source.ts';
import { functionHost } from './load-functions.ts';
import { recordRun } from './record-run.ts';

/** Where the buyer is. */
export type BuyerStep = 'CART_INTERACTION' | 'CHECKOUT_INTERACTION' | 'CHECKOUT_COMPLETION';

const result = z.object({
  operations: z.array(
    z.object({
      validationAdd: z.object({ errors: z.array(z.object({ message: z.string(), target: z.string() })) }),
    }),
  ),
});

/** What a buyer reads where a validation could not run and blocks on failure. */
const FAILED = 'There was a problem with our checkout. Try again later.';

/**
 * Runs the validations that are switched on. Tills and orders over the API have none; a draft may leave them out.
 * @param language of the buyer, as `en` or `pt-BR`
 * @returns what is wrong, for the buyer to read; nothing where the cart may pass
 */
export function validateCart(
  world: World,
  domain: string,
  cart: Cart,
  { step, language }: { step: BuyerStep; language: string },
): string[] {
  const channel = channelOf(cart);
  const { validations = [] } = world.shop(domain);
  if (channel === 'pos' || channel === 'other' || cart.bypassesValidations || cart.lines.length === 0)
    return [];
  const isoCode = language.toUpperCase().replace('-', '_');
  return validations
    .filter(({ isEnabled }) => isEnabled)
    .flatMap((validation) => {
      const host = functionHost();
      const loaded = host.find(validation.functionHandle, 'validation');
      if (!loaded) return [];
      const source = {
        buyerJourney: { step },
        cart: cartSource(world, domain, cart, priceLines(world, domain, cart.lines)),
        localization: { language: { isoCode } },
        validation: { metafield: metafieldOf(validation) },
      };
      const outcome = host.run(loaded, source, {}, cart.lines.length);
      recordRun(world, domain, loaded.handle, outcome);
      if (!outcome.ok) return validation.blocksOnFailure ? [FAILED] : [];
      return result
        .parse(outcome.output)
        .operations.flatMap(({ validationAdd }) => validationAdd.errors.map(({ message }) => message));
    });
}
