import '@shopify/ui-extensions';

// The global of the target, for the one module that reads it. Everything else gets it as an argument.
declare module './src/Block.tsx' {
  const shopify: import('@shopify/ui-extensions/admin.order-details.block.render').Api;
  const globalThis: { shopify: typeof shopify };
}
