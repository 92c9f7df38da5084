import type { AppConfig } from '../app-config.ts';
import type { MetafieldDefinition, ShopState } from '../state.ts';

/** Types that customers and products can be filtered by in the admin: no lists, no JSON. */
const FILTERABLE_TYPES = new Set([
  'boolean',
  'date',
  'date_time',
  'dimension',
  'id',
  'money',
  'number_decimal',
  'number_integer',
  'rating',
  'single_line_text_field',
  'volume',
  'weight',
]);

/** Returns whether a definition of this type may have the capability `adminFilterable`. */
export function isAdminFilterable(type: string): boolean {
  return FILTERABLE_TYPES.has(type);
}

/** Every definition of the app in a shop: declared in shopify.app.toml, and made at run time. */
export function definitionsIn(state: ShopState, appConfig: AppConfig): MetafieldDefinition[] {
  return [...appConfig.metafieldDefinitions, ...state.metafieldDefinitions];
}
