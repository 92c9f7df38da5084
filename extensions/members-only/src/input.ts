/** The result of the input query; what metafields hold is `unknown`. */
export interface ValidationInput {
  buyerJourney: { step: string | null };
  cart: {
    /** Set at a till, where staff chose the customer. */
    retailLocation: { __typename: string } | null;
    buyerIdentity: {
      isAuthenticated: boolean;
      customer: { metafield: Metafield | null } | null;
    } | null;
    lines: readonly { merchandise: Merchandise }[];
  };
  localization: { language: { isoCode: string } };
  validation: { metafield: Metafield | null };
}

interface Metafield {
  jsonValue: unknown;
}

export type Merchandise =
  | { __typename: 'ProductVariant'; product: { title: string; metafield: Metafield | null } }
  | { __typename: 'CustomProduct' };
