/** Whether a redemption `r` took its reward: in SQL, for limits and for lists of customers. */
export const IS_TAKEN = `r.state NOT IN ('released', 'failed') AND NOT EXISTS (SELECT 1 FROM claims x
  WHERE x.shop_id = r.shop_id AND x.redemption_id = r.redemption_id AND x.state = 'refused')`;
