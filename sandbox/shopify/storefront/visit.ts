import type { Sandbox } from '../../sandbox.ts';
import type { Exchange } from '../../router.ts';
import type { Customer, Shop } from '../../state.ts';
import { wordsOf, type Words } from '../ui/i18n.ts';
import type { Shopper, Shoppers } from './shoppers.ts';

/** What every page of a storefront starts from. */
export interface StoreVisit {
  words: Words;
  shop: Shop;
  shopper: Shopper;
  customer: Customer | null;
}

/** Shop, shopper and language of a request. Throws `UnknownError` for a shop the sandbox does not have. */
export function visitOf(exchange: Exchange, { world }: Sandbox, shoppers: Shoppers): StoreVisit {
  const { shop } = world.shop(exchange.params.shop ?? '');
  const shopper = shoppers.of(exchange, shop.domain);
  const words = wordsOf(exchange, shop.locale === 'id' ? 'id' : 'en');
  return { words, shop, shopper, customer: shoppers.customerOf(shop.domain, shopper) };
}
