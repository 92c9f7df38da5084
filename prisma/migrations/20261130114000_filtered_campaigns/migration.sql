-- From when on filtered messages are counted: since the campaign was last resumed.
ALTER TABLE campaigns ADD COLUMN filtered_since TIMESTAMPTZ(6) NOT NULL DEFAULT '-infinity';
CREATE INDEX messages_filtered ON messages (shop_id, campaign_id) WHERE error_code = 30007;
