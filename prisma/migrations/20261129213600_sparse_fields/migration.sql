-- Fields that few customers have: rules that ask for them read the index alone, and not every customer.
CREATE INDEX customers_interests ON customers (shop_id, customer_id) INCLUDE (interests) WHERE interests <> '{}';
CREATE INDEX customers_noted ON customers (shop_id, customer_id) WHERE note <> '';
