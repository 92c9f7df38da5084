import '@shopify/ui-extensions';

// The global of each target, for the one module that reads it. Everything else gets it as an argument.
declare module './src/CustomerBlock.tsx' {
  const shopify: import('@shopify/ui-extensions/pos.customer-details.block.render').Api;
  const globalThis: { shopify: typeof shopify };
}

declare module './src/CustomerAction.tsx' {
  const shopify: import('@shopify/ui-extensions/pos.customer-details.action.render').Api;
  const globalThis: { shopify: typeof shopify };
}

declare module './src/Tile.tsx' {
  const shopify: import('@shopify/ui-extensions/pos.home.tile.render').Api;
  const globalThis: { shopify: typeof shopify };
}

declare module './src/HomeModal.tsx' {
  const shopify: import('@shopify/ui-extensions/pos.home.modal.render').Api;
  const globalThis: { shopify: typeof shopify };
}

declare module './src/AfterPayment.tsx' {
  const shopify: import('@shopify/ui-extensions/pos.purchase.post.block.render').Api;
  const globalThis: { shopify: typeof shopify };
}

declare module './src/AfterPaymentModal.tsx' {
  const shopify: import('@shopify/ui-extensions/pos.purchase.post.action.render').Api;
  const globalThis: { shopify: typeof shopify };
}

declare module './src/OrderBlock.tsx' {
  const shopify: import('@shopify/ui-extensions/pos.order-details.block.render').Api;
  const globalThis: { shopify: typeof shopify };
}

declare module './src/ReceiptFooter.tsx' {
  const shopify: import('@shopify/ui-extensions/pos.receipt-footer.block.render').Api;
  const globalThis: { shopify: typeof shopify };
}

declare module './src/background.ts' {
  const shopify: import('@shopify/ui-extensions/pos.app.ready.data').Api &
    import('@shopify/ui-extensions/pos.app.ready.data').ShopifyGlobal;
  const globalThis: { shopify: typeof shopify };
}
