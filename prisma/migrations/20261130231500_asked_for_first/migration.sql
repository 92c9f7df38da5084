-- What a person asked for just now, such as a code at the till, leaves before campaigns that wait for the same sender.
DROP INDEX messages_due;
CREATE INDEX messages_due ON messages (shop_id, (class = 'marketing'), due_at, message_id) WHERE state = 'queued';
