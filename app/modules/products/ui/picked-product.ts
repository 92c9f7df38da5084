/** A product that was picked, or one variant of it; ids are texts of digits. */
export interface PickedProduct {
  productId: string;
  /** Null: the product with all its variants. */
  variantId: string | null;
  /** With the variant's title behind it, if one was picked. */
  title: string;
  imageUrl: string | null;
}
