-- A take-back asks which lots of an account have ended already; without this it reads all of the account's entries.
CREATE INDEX ledger_entries_expired ON ledger_entries (shop_id, customer_id, unit) WHERE kind = 'expire' AND amount < 0;
