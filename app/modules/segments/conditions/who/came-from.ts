import { z } from 'zod';
import { CUSTOMER_ORIGINS } from '#app/modules/customers/rules/customer-record.ts';
import type { SqlContext } from '../condition.ts';
import { choiceCondition } from '../kinds/choice.ts';

/** Most came from Shopify: the others are few, and have an index. */
const others = (list: readonly string[], { put }: SqlContext) =>
  `SELECT c.customer_id FROM customers c WHERE c.shop_id = $1 AND c.came_from <> 'shopify' AND c.came_from = ANY(${put(list, 'text[]')})`;

/** How the customer came: from Shopify, added here by staff, from a file. */
export const cameFrom = choiceCondition('came_from', {
  family: 'who',
  choices: { from: 'list', list: CUSTOMER_ORIGINS },
  item: z.enum(CUSTOMER_ORIGINS),
  canBeEmpty: false,
  expression: () =>
    `(SELECT c.came_from FROM customers c WHERE c.shop_id = $1 AND c.customer_id = s.customer_id)`,
  anyOfSql: (list, context) =>
    list.includes('shopify')
      ? `s.customer_id NOT IN (${others(
          CUSTOMER_ORIGINS.filter((origin) => !list.includes(origin)),
          context,
        )})`
      : `s.customer_id IN (${others(list, context)})`,
  read: ({ cameFrom: origin }) => origin,
});
