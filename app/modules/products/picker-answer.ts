/** Responses of the pickers' resource routes. Ids are strings of digits, because JSON has no bigint. */

export interface PickableProduct {
  productId: string;
  title: string;
  imageUrl: string | null;
  status: string;
  hasVariants: boolean;
}

export interface PickableVariant {
  variantId: string;
  title: string;
}

export interface PickableCollection {
  collectionId: string;
  title: string;
  products: number;
}

/** A page of a list, and which page it is: responses can arrive out of order. `ok: false`: Shopify didn't answer. */
export type PickerPage<Item> =
  { ok: true; items: Item[]; after: string | null; query: string; from: string | null } | { ok: false };

export type VariantsAnswer = { ok: true; productId: string; variants: PickableVariant[] } | { ok: false };
