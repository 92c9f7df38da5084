import type { AppConfig } from '../app-config.ts';
import type { ShopState } from '../state.ts';
import type { World } from '../world.ts';
import { appUninstalledPayload, scopesUpdatePayload } from './payloads/app.ts';

/** The scopes the merchant granted: those of shopify.app.toml unless the control API removed some. */
export function grantedScopes(state: ShopState, appConfig: AppConfig): string[] {
  return state.grantedScopes ?? appConfig.scopes;
}

/** Removes the app from a shop: every token is invalid at once, then app/uninstalled is sent. */
export function uninstallApp(world: World, domain: string): void {
  const state = world.shop(domain);
  state.tokens = [];
  world.announce(domain, [{ topic: 'app/uninstalled', payload: appUninstalledPayload(state.shop) }]);
}

/** The scopes of the app in a shop, as `shopify.scopes.query()` returns them. */
export function scopesDetail(state: ShopState, appConfig: AppConfig) {
  return {
    granted: grantedScopes(state, appConfig),
    required: appConfig.scopes,
    optional: appConfig.optionalScopes,
  };
}

/**
 * Grants optional scopes when the merchant agrees to it. Returns why not: a scope that shopify.app.toml doesn't name, or
 * that Shopify has not approved for the app.
 */
export function grantScopes(
  world: World,
  domain: string,
  appConfig: AppConfig,
  wanted: readonly string[],
): string | null {
  const state = world.shop(domain);
  const strange = wanted.filter((scope) => !appConfig.optionalScopes.includes(scope));
  if (strange.length > 0) return `not declared as optional: ${strange.join(', ')}`;
  if (state.isReadAllOrdersRefused && wanted.includes('read_all_orders'))
    return 'missing_shopify_permission: read_all_orders';
  changeScopes(world, domain, appConfig, [...new Set([...grantedScopes(state, appConfig), ...wanted])]);
  return null;
}

/** Sets what the merchant granted (null: as in shopify.app.toml) and announces app/scopes_update. */
export function changeScopes(
  world: World,
  domain: string,
  appConfig: AppConfig,
  scopes: string[] | null,
): string[] {
  const state = world.shop(domain);
  const previous = grantedScopes(state, appConfig);
  state.grantedScopes = scopes;
  const current = grantedScopes(state, appConfig);
  for (const token of state.tokens) token.scopes = current;
  const payload = scopesUpdatePayload(world, state.shop, previous, current);
  world.announce(domain, [{ topic: 'app/scopes_update', payload }]);
  return current;
}
