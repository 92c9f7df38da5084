-- In which currency credit was given, while the shop counts in another and staff has not said what becomes of it.
ALTER TABLE "shops" ADD COLUMN     "credit_currency" TEXT;

-- Credit has no currency of its own: after a change of the shop's nothing of it can be spent until staff has decided, or the
-- shop has its former currency again. A shop that owes no credit has nothing to decide.
CREATE FUNCTION hold_credit(shop bigint, before text, now text) RETURNS void LANGUAGE sql AS $$
  UPDATE shops SET credit_currency = nullif(coalesce(credit_currency, before), now)
   WHERE shop_id = shop AND (credit_currency IS NOT NULL
     OR EXISTS (SELECT FROM ledger_accounts WHERE shop_id = shop AND unit = 'CREDIT' AND (balance <> 0 OR held <> 0)));
$$;
