import { ApiType, shopifyApiProject } from '@shopify/api-codegen-preset';
import { SHOPIFY_API_VERSION } from './app/integrations/shopify/api-version.ts';

/** For editors (completion and errors in `#graphql` strings); `npm run codegen` reads scripts/codegen.ts. */
export default {
  projects: {
    default: shopifyApiProject({
      apiType: ApiType.Admin,
      apiVersion: SHOPIFY_API_VERSION,
      documents: ['./app/integrations/shopify/operations/**/*.ts'],
      outputDir: './.cache/graphql',
    }),
  },
};
