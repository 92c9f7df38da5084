import '@shopify/ui-extensions';

// The global of the target, for the one module that reads it. Everything else gets it as an argument.
declare module './src/Action.tsx' {
  const shopify: import('@shopify/ui-extensions/admin.order-details.action.render').Api;
  const globalThis: { shopify: typeof shopify };
}

declare module './src/should-render.ts' {
  const shopify: import('@shopify/ui-extensions/admin.order-details.action.should-render').Api;
  const globalThis: { shopify: typeof shopify };
}
