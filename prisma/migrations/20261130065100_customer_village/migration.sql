-- Kelurahan or desa of an Indonesian address: the ministry's code and its name. Ours alone; Shopify's addresses have none.
ALTER TABLE customers ADD COLUMN village_code text, ADD COLUMN village text;
