import '@shopify/ui-extensions';

// The global of the target, for the one module that reads it. Everything else gets it as an argument.
declare module './src/Page.tsx' {
  const shopify: import('@shopify/ui-extensions/customer-account.page.render').Api;
  const globalThis: { shopify: typeof shopify };
}
