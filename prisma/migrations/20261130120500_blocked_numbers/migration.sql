-- Numbers that block texts count as well (delivery/bad-numbers.server.ts).
DROP INDEX messages_bad_number;
CREATE INDEX messages_bad_number ON messages (shop_id, address_hash)
  WHERE error_code IN (21211, 21214, 21614, 21635, 30003, 30004, 30005, 30006);
