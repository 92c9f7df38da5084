import { z } from 'zod';
import type { Sandbox } from '../sandbox.ts';
import type { Router } from '../router.ts';
import { unplace } from '../shopify/extensions/placed-targets.ts';
import { placeBlocks, THEMES, themeOf } from '../shopify/theme/placed-blocks.ts';
import { readBody, shopOf } from './input.ts';

const input = z.object({
  shop: z.string().optional(),
  name: z.enum(THEMES).optional(),
  blocks: z.array(z.string()).optional(),
  hasActions: z.boolean().optional(),
  hasEvents: z.boolean().optional(),
  unplaced: z.array(z.string()).optional(),
});

/** Registers the endpoint that changes what a shop shows of the app, as the merchant does in the editors of theme and checkout. */
export function registerThemeControls(router: Router, { world }: Sandbox): void {
  router.add('POST', '/_control/theme', async (exchange) => {
    const { shop, name, blocks, hasActions, hasEvents, unplaced } = await readBody(exchange, input);
    const state = world.shop(shopOf(world, shop));
    const theme = themeOf(state);
    if (name !== undefined) theme.name = name;
    if (blocks !== undefined) placeBlocks(state, blocks);
    if (hasActions !== undefined) theme.hasActions = hasActions;
    if (hasEvents !== undefined) theme.hasEvents = hasEvents;
    if (unplaced !== undefined) await unplace(state.shop, unplaced);
    exchange.sendJson(200, { theme });
  });
}
