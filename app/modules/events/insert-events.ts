/** Prefixes the SELECT of the statement that makes the change, so an event exists exactly when its change does. */
export const INSERT_EVENTS = 'INSERT INTO events (shop_id, kind, subject, details, at)';
