import type { AppConfig } from '../app-config.ts';
import type { ShopState } from '../state.ts';
import type { World } from '../world.ts';
import { appUninstalledPayload, scopesUpdatePayload } from './payloads/app.ts';

/** The scopes the merchant granted: those of shopify.app.toml unless the control API took some away. */
export function grantedScopes(state: ShopState, appConfig: AppConfig): string[] {
  return state.grantedScopes ?? appConfig.scopes;
}

/** Removes the app from a shop: every token dies at once, then app/uninstalled goes out. */
export function uninstallApp(world: World, domain: string): void {
  const state = world.shop(domain);
  state.tokens = [];
  world.announce(domain, [{ topic: 'app/uninstalled', payload: appUninstalledPayload(state.shop) }]);
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
