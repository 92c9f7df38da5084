import { z } from 'zod';

import type { Sandbox } from '../sandbox.ts';
import type { Router } from '../router.ts';
import { idOf, UnknownError } from '../world.ts';
import { readBody, shopOf } from './input.ts';

const switches = z.object({
  shop: z.string().optional(),
  posPro: z.boolean().optional(),
  draftsAuthenticated: z.boolean().optional(),
});
const validationChange = z.object({ shop: z.string().optional(), enabled: z.boolean() });
const discountChange = z.object({ shop: z.string().optional(), active: z.boolean() });

/** Registers what a merchant does with the app's Functions in Shopify's admin, and where Functions run in the shop. */
export function registerFunctionControls(router: Router, { world }: Sandbox): void {
  router.add('POST', '/_control/functions', async (exchange) => {
    const { shop, posPro, draftsAuthenticated } = await readBody(exchange, switches);
    const state = world.shop(shopOf(world, shop));
    state.functionSwitches = {
      ...state.functionSwitches,
      ...(posPro === undefined ? {} : { isPosPro: posPro }),
      ...(draftsAuthenticated === undefined ? {} : { areDraftsAuthenticated: draftsAuthenticated }),
    };
    exchange.sendJson(200, { functionSwitches: state.functionSwitches });
  });

  // Settings > Checkout: rules.
  router.add('POST', '/_control/validations/:id', async (exchange) => {
    const { shop, enabled } = await readBody(exchange, validationChange);
    const id = idOf(exchange.params.id ?? '');
    const validation = world.shop(shopOf(world, shop)).validations?.find((each) => each.id === id);
    if (!validation) throw new UnknownError(`no validation ${exchange.params.id}`);
    validation.isEnabled = enabled;
    exchange.sendJson(200, { validation });
  });

  // Discounts: deactivate.
  router.add('POST', '/_control/app-discounts/:id', async (exchange) => {
    const { shop, active } = await readBody(exchange, discountChange);
    const id = idOf(exchange.params.id ?? '');
    const discount = world.shop(shopOf(world, shop)).appDiscounts?.find((each) => each.id === id);
    if (!discount) throw new UnknownError(`no automatic app discount ${exchange.params.id}`);
    discount.endsAt = active ? null : world.instant();
    discount.updatedAt = world.instant();
    exchange.sendJson(200, { discount });
  });
}
