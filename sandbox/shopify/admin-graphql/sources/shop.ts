import { gid } from '../../../world.ts';
import { grantedScopes } from '../../installation.ts';
import type { AdminContext, Source } from '../context.ts';
import type { AppInstallation, ShopState } from '../../../state.ts';
import { metafieldFields } from './metafield.ts';
import { dateTime } from './money.ts';

/** `Shop` */
export function shopSource(context: AdminContext): Source {
  const { shop } = context.state;
  return {
    __typename: 'Shop',
    id: gid('Shop', shop.id),
    name: shop.name,
    email: shop.email,
    contactEmail: shop.email,
    myshopifyDomain: shop.domain,
    url: `https://${shop.domain}`,
    primaryDomain: { host: shop.domain, url: `https://${shop.domain}`, sslEnabled: true },
    currencyCode: shop.currency,
    currencyFormats: {
      moneyFormat: shop.moneyFormat,
      moneyInEmailsFormat: shop.moneyFormat,
      moneyWithCurrencyFormat: `${shop.moneyFormat} ${shop.currency}`,
      moneyWithCurrencyInEmailsFormat: `${shop.moneyFormat} ${shop.currency}`,
    },
    enabledPresentmentCurrencies: [shop.currency],
    ianaTimezone: shop.timeZone,
    taxesIncluded: shop.taxesIncluded,
    taxShipping: false,
    setupRequired: false,
    plan: { publicDisplayName: 'Shopify Plus', shopifyPlus: true, partnerDevelopment: true },
    shopAddress: { countryCodeV2: shop.countryCode },
    createdAt: dateTime('2026-09-01T02:00:00.000Z'),
  };
}

/** `ShopLocale`s of the shop: only its primary one. */
export function shopLocaleSources(context: AdminContext): Source[] {
  const { locale } = context.state.shop;
  return [{ locale, name: locale === 'id' ? 'Indonesian' : 'English', primary: true, published: true }];
}

/** The app's installation in a shop, which owns metafields. */
export function installationOf(state: ShopState): AppInstallation {
  return (state.appInstallation ??= { id: state.shop.id + 1, metafields: [] });
}

/** `AppInstallation` */
export function installationSource(context: AdminContext): Source {
  const scopes = grantedScopes(context.state, context.sandbox.appConfig);
  return {
    __typename: 'AppInstallation',
    id: gid('AppInstallation', installationOf(context.state).id),
    accessScopes: scopes.map((handle) => ({ handle, description: handle.replaceAll('_', ' ') })),
    app: {
      id: gid('App', 700_100_200_300),
      apiKey: context.sandbox.options.apiKey,
      embedded: true,
      title: 'Setia',
    },
    activeSubscriptions: [],
    ...metafieldFields(installationOf(context.state), 'APP_INSTALLATION'),
  };
}
