import { ApiVersion } from '@shopify/shopify-api';

/** The Admin API version used by the app, its webhooks and the committed schema. */
export const SHOPIFY_API_VERSION = ApiVersion.July26;
