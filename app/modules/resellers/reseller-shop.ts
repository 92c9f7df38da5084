/** A shop as its letters need it. */
export interface ResellerShop {
  shopId: bigint;
  /** `{shop}.myshopify.com` */
  domain: string;
  name: string | null;
}
