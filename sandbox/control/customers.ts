import { z } from 'zod';

import type { Sandbox } from '../sandbox.ts';
import type { Exchange, Router } from '../router.ts';
import {
  createCustomer,
  type CustomerOutcome,
  deleteCustomer,
  mergeCustomers,
  setConsent,
  updateCustomer,
} from '../shopify/customers.ts';
import { customerPayload } from '../shopify/payloads/customer.ts';
import { UnknownError } from '../world.ts';
import { customerOf, customerReference, readBody, shopOf } from './input.ts';

const customerInput = z.object({
  shop: z.string().optional(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  email: z.email().nullable().optional(),
  phone: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/, 'must be E.164, such as +6281234567890')
    .nullable()
    .optional(),
  locale: z.string().optional(),
  note: z.string().nullable().optional(),
  tags: z.array(z.string()).optional(),
  /** What the customer says of texts, as on a page of the store. */
  smsConsent: z.enum(['subscribed', 'unsubscribed']).optional(),
});

const mergeInput = z.object({
  shop: z.string().optional(),
  kept: customerReference,
  deleted: customerReference,
});

/** Registers the endpoints that add, change, merge and delete customers. */
export function registerCustomerControls(router: Router, sandbox: Sandbox): void {
  const { world } = sandbox;

  const answer = (exchange: Exchange, status: number, shop: string, outcome: CustomerOutcome) => {
    if (!outcome.ok) return exchange.sendJson(422, outcome);
    exchange.sendJson(status, { customer: customerPayload(world, shop, outcome.customer) });
  };

  router.add('POST', '/_control/customers', async (exchange) => {
    const { shop: wanted, smsConsent: _later, ...input } = await readBody(exchange, customerInput);
    const shop = shopOf(world, wanted);
    answer(exchange, 201, shop, createCustomer(world, shop, input));
  });

  router.add('POST', '/_control/customers/merge', async (exchange) => {
    const { shop: wanted, ...input } = await readBody(exchange, mergeInput);
    const shop = shopOf(world, wanted);
    const kept = customerOf(world, shop, input.kept);
    const deleted = customerOf(world, shop, input.deleted);
    if (!kept || !deleted) throw new UnknownError('which customers?');
    const customer = mergeCustomers(world, shop, kept.id, deleted.id);
    exchange.sendJson(200, { customer: customerPayload(world, shop, customer) });
  });

  router.add('POST', '/_control/customers/:id', async (exchange) => {
    const { shop: wanted, smsConsent, ...input } = await readBody(exchange, customerInput);
    const shop = shopOf(world, wanted);
    const outcome = updateCustomer(world, shop, customerId(exchange, shop), input);
    if (outcome.ok && smsConsent)
      setConsent(world, shop, outcome.customer, 'sms', {
        state: smsConsent === 'subscribed' ? 'SUBSCRIBED' : 'UNSUBSCRIBED',
        optInLevel: 'SINGLE_OPT_IN',
        updatedAt: world.instant(),
      });
    answer(exchange, 200, shop, outcome);
  });

  router.add('DELETE', '/_control/customers/:id', (exchange) => {
    const shop = shopOf(world, exchange.url.searchParams.get('shop'));
    answer(exchange, 200, shop, deleteCustomer(world, shop, customerId(exchange, shop)));
  });

  function customerId(exchange: Exchange, shop: string): number {
    const customer = customerOf(world, shop, exchange.params.id ?? null);
    if (!customer) throw new UnknownError('which customer?');
    return customer.id;
  }
}
