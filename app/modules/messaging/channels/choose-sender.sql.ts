/** Which of a service's senders a message leaves from. Chosen by us, so that each keeps its own pace. */

/** Where a name is no sender: texts come from a number. */
export const NORTH_AMERICA = ['US', 'CA'] as const;

const IS_NORTH_AMERICA = `coalesce(m.country IN (${NORTH_AMERICA.map((country) => `'${country}'`).join(', ')}), m.to_address LIKE '+1%')`;

/** Whether the message `m` goes to the United States; where its country isn't known, its number may be Canada's. */
export const IS_UNITED_STATES = `coalesce(m.country = 'US', m.to_address LIKE '+1%')`;

/**
 * The sender of the message `m`: in North America a number, elsewhere a name if there is one; a number of the recipient's
 * country before others. Of several alike a person always has the same one, as long as it is there.
 */
export const SENDER_OF_MESSAGE = `
  SELECT s.address FROM senders s WHERE s.shop_id = m.shop_id AND s.channel_id = m.channel_id
   ORDER BY (s.kind = CASE WHEN ${IS_NORTH_AMERICA} THEN 'number' ELSE 'name' END) DESC,
     (s.country IS NOT NULL AND s.country = m.country) DESC,
     hashtextextended(concat(m.address_hash, s.address), 0) DESC LIMIT 1`;
