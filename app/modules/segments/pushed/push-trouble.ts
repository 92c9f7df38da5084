/** Why a segment can't be written to Shopify; `refused` by Shopify itself. */
export type PushTrouble = 'not_computable' | 'not_expressible' | 'refused';
