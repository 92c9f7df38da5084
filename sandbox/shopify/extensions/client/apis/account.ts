import type { CheckoutCart } from '../../../checkout/checkout-cart.ts';
import { type ApiContext, standardParts, type TargetApi } from './standard.ts';
import type { HostData } from '../protocol.ts';
import type { AccountData } from './account-data.ts';
import { allocationsOf, lineOf } from './checkout.ts';

/** The API of a page or a block of the customer account. */
export function accountApi(context: ApiContext): TargetApi {
  return { shopify: standardAccountParts(context), globals: accountGlobals(context) };
}

function orderOf({ account }: HostData): NonNullable<AccountData['order']> {
  if (!account?.order) throw new Error('this page has no order');
  return account.order;
}

/** The API of a block on an order's page. Before the sign-in there is no buyer. */
export function orderStatusApi(context: ApiContext): TargetApi {
  const { settings, services, follow, fixed } = context;
  const { customer, shop, storefrontUrl } = settings;
  const boughtOf = (data: HostData) => orderOf(data).bought;
  const money = (read: (bought: CheckoutCart) => number) =>
    follow((data) => ({ amount: read(boughtOf(data)), currencyCode: boughtOf(data).currency }));
  const standard = standardAccountParts(context);
  return {
    shopify: {
      ...standard,
      order: follow((data) => {
        const { id, name, confirmationNumber, processedAt, cancelledAt } = orderOf(data);
        const optional = cancelledAt === null ? {} : { cancelledAt };
        return { id, name, confirmationNumber, processedAt, ...optional };
      }),
      lines: follow((data) => boughtOf(data).lines.map((line) => lineOf(line, boughtOf(data).currency))),
      cost: {
        subtotalAmount: money((bought) => bought.subtotal),
        totalShippingAmount: money((bought) => bought.shipping),
        totalTaxAmount: money((bought) => bought.tax),
        totalAmount: money((bought) => bought.total),
      },
      discountCodes: follow((data) => boughtOf(data).codes.map((code) => ({ code }))),
      discountAllocations: follow((data) => allocationsOf(boughtOf(data))),
      buyerIdentity: {
        customer: fixed(customer ? { id: customer.id } : undefined),
        email: fixed(customer?.email ?? undefined),
        phone: fixed(customer?.phone ?? undefined),
        purchasingCompany: fixed(undefined),
      },
      authenticationState: follow((data) => orderOf(data).authenticationState),
      requireLogin: async () => void (await services.askPage({ kind: 'requireLogin' })),
      localization: {
        ...standard.localization,
        currency: follow((data) => ({ isoCode: boughtOf(data).currency })),
        timezone: fixed(shop.timeZone),
      },
      shop: {
        id: `gid://shopify/Shop/${shop.id}`,
        name: shop.name,
        myshopifyDomain: shop.domain,
        storefrontUrl,
      },
    },
    globals: accountGlobals(context),
  };
}

function standardAccountParts(context: ApiContext) {
  const { settings, services, fixed } = context;
  const { customer, shop, locale, hasApiAccess } = settings;
  return {
    ...standardParts(context),
    authenticatedAccount: {
      customer: fixed(customer ? { id: customer.id } : undefined),
      purchasingCompany: fixed(undefined),
    },
    localization: {
      language: fixed({ isoCode: locale }),
      extensionLanguage: fixed({ isoCode: locale }),
      country: fixed({ isoCode: shop.countryCode }),
    },
    settings: fixed({}),
    toast: {
      show: async (content: string) => {
        await services.askPage({ kind: 'toast', content });
        return { hide: () => void services.askPage({ kind: 'hideToast' }) };
      },
    },
    query: (query: string, options: { variables?: object } = {}) =>
      hasApiAccess
        ? services.askServer('storefront', { query, variables: options.variables ?? {} })
        : Promise.reject(new Error('query needs api_access in shopify.extension.toml')),
  };
}

const CUSTOMER_API = 'shopify://customer-account/api/';

/** `navigation`, and the `fetch` that reads the customer's own data without a token. */
function accountGlobals({ services }: ApiContext) {
  const worldFetch = globalThis.fetch.bind(globalThis);
  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (!String(input).startsWith(CUSTOMER_API)) return worldFetch(input, init);
    const body: unknown = JSON.parse(String(init?.body ?? '{}'));
    const reply = await services.askServer('customer-api', body);
    return new Response(JSON.stringify(reply), { headers: { 'content-type': 'application/json' } });
  };
  const navigation = {
    navigate: (url: string) => void services.askPage({ kind: 'navigate', url }),
  };
  return { fetch, navigation };
}
