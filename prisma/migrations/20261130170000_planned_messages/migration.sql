-- A planned message stands in no list of what was sent: each index it is not in makes working out a campaign cheaper.
DROP INDEX messages_newest;
CREATE INDEX messages_newest ON messages (shop_id, created_at, message_id) WHERE state <> 'excluded' AND state <> 'planned';
DROP INDEX messages_of_campaign;
CREATE INDEX messages_of_campaign ON messages (shop_id, campaign_id, created_at, message_id)
  WHERE state <> 'excluded' AND state <> 'planned' AND campaign_id IS NOT NULL;
DROP INDEX messages_address;
CREATE INDEX messages_address ON messages (shop_id, address_hash, message_id DESC)
  WHERE address_hash IS NOT NULL AND state <> 'excluded' AND state <> 'planned';
