-- What staff took of many customers at once.
CREATE TABLE "shop_accesses" (
    "shop_id" BIGINT NOT NULL,
    "access_id" BIGSERIAL NOT NULL,
    "what" TEXT NOT NULL,
    "subject" TEXT NOT NULL DEFAULT '',
    "rows" INTEGER,
    "actor" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "shop_accesses_pkey" PRIMARY KEY ("shop_id","access_id")
);

-- Titles of custom lines are written for a person ("Engraving for ..."): those of customers erased before go, too.
UPDATE orders o SET state = jsonb_set(state, '{lines}', (
  SELECT jsonb_agg(CASE WHEN line->'product' = 'null' THEN line || '{"title": null}' ELSE line END ORDER BY place)
    FROM jsonb_array_elements(state->'lines') WITH ORDINALITY AS each (line, place)))
 WHERE EXISTS (SELECT 1 FROM customers c WHERE c.shop_id = o.shop_id AND c.customer_id = o.customer_id AND c.state = 'redacted')
   AND state @? '$.lines[*] ? (@.product == null && @.title != null)';
UPDATE order_lines l SET title = ''
 WHERE product_id IS NULL AND title <> ''
   AND EXISTS (SELECT 1 FROM customers c WHERE c.shop_id = l.shop_id AND c.customer_id = l.customer_id AND c.state = 'redacted');
