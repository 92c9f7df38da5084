-- A sample of a large table finds the same customers again and again, and PostgreSQL took a tenth of them for all: plans for
-- rules then made them distinct first. A negative number is a share of the rows.
ALTER TABLE customer_products ALTER COLUMN customer_id SET (n_distinct = -0.1);
ALTER TABLE order_lines ALTER COLUMN customer_id SET (n_distinct = -0.1);
ALTER TABLE orders ALTER COLUMN customer_id SET (n_distinct = -0.3);
