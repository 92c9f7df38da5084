import { ApiVersion } from '@shopify/shopify-api';

/** The one Admin API version that the app, its webhooks and the committed schema speak. */
export const SHOPIFY_API_VERSION = ApiVersion.July26;
