-- What a shop's checkout reads of its rules is kept in memory. `rules_version` changes with them in the same transaction,
-- whoever writes them, and every read of a customer returns it: no one is shown a rule that no longer holds. Writers of
-- one shop wait for each other at its row, so one version is one state of the rules.
ALTER TABLE shops ADD COLUMN rules_version BIGINT NOT NULL DEFAULT 0;

-- For tables of rules, with the columns that are none.
CREATE FUNCTION change_rules() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - TG_ARGV[0]::text[] = to_jsonb(OLD) - TG_ARGV[0]::text[] THEN
    RETURN NULL;
  END IF;
  UPDATE shops SET rules_version = rules_version + 1 WHERE shop_id IN (OLD.shop_id, NEW.shop_id);
  RETURN NULL;
END $$;

-- For the shop's own row.
CREATE FUNCTION change_shop() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - TG_ARGV[0]::text[] <> to_jsonb(OLD) - TG_ARGV[0]::text[] THEN
    NEW.rules_version := OLD.rules_version + 1;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER shops_rules BEFORE UPDATE ON shops FOR EACH ROW
  EXECUTE FUNCTION change_shop('{rules_version,scopes,reconciled_until,customers_reconciled_until}');
CREATE TRIGGER club_settings_rules AFTER INSERT OR UPDATE OR DELETE ON club_settings FOR EACH ROW
  EXECUTE FUNCTION change_rules('{updated_at,tiers_evaluated_on,reminded_on}');
CREATE TRIGGER categories_rules AFTER INSERT OR UPDATE OR DELETE ON categories FOR EACH ROW
  EXECUTE FUNCTION change_rules('{}');
CREATE TRIGGER tiers_rules AFTER INSERT OR UPDATE OR DELETE ON tiers FOR EACH ROW
  EXECUTE FUNCTION change_rules('{}');
CREATE TRIGGER rewards_rules AFTER INSERT OR UPDATE OR DELETE ON rewards FOR EACH ROW
  EXECUTE FUNCTION change_rules('{updated_at}');
