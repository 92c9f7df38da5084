-- Failures that say something of the number: campaigns look for them (delivery/bad-numbers.server.ts).
CREATE INDEX messages_bad_number ON messages (shop_id, address_hash) WHERE error_code IN (21211, 21214, 21614, 21635, 30003, 30005, 30006);
