-- Contact history: newest first over the shop, a campaign, a number, and what did not arrive.
DROP INDEX messages_newest;
CREATE INDEX messages_newest ON messages (shop_id, created_at, message_id) WHERE state <> 'excluded';
CREATE INDEX messages_of_campaign ON messages (shop_id, campaign_id, created_at, message_id)
  WHERE state <> 'excluded' AND campaign_id IS NOT NULL;
CREATE INDEX messages_address ON messages (shop_id, address_hash, message_id DESC) WHERE address_hash IS NOT NULL;
CREATE INDEX messages_not_arrived ON messages (shop_id, created_at, message_id)
  WHERE state IN ('undelivered', 'failed', 'refused', 'expired');
