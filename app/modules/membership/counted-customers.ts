/** Customers as the customer list shows them, so that a count elsewhere is that of the list. */
export const IS_COUNTED_SQL = `state = 'active' AND merged_into IS NULL AND left_at IS NULL`;
