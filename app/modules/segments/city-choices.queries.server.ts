import { pool } from '#app/db.server.ts';

/** The search finds the rest. */
export const CITIES_MAX = 1_000;

export interface CityChoice {
  cityKey: string;
  /** As it is written at one of its customers. */
  name: string;
}

/**
 * Lists the cities of the shop's customers by name. Jumps from one city to the next in the index, so that the cost depends
 * on the number of cities and not of customers.
 */
export async function listCityChoices(shopId: bigint): Promise<CityChoice[]> {
  const next = (beyond: string) =>
    `SELECT s.city_key FROM customer_stats s WHERE s.shop_id = $1 AND s.standing = 'active' AND s.city_key ${beyond} ORDER BY s.city_key LIMIT 1`;
  const { rows } = await pool.query<CityChoice>(
    `WITH RECURSIVE cities AS (
       (${next('IS NOT NULL')})
       UNION ALL SELECT (${next('> cities.city_key')}) FROM cities WHERE cities.city_key IS NOT NULL),
     few AS (SELECT city_key FROM cities WHERE city_key IS NOT NULL LIMIT ${CITIES_MAX})
     SELECT few.city_key AS "cityKey", coalesce(one.city, few.city_key) AS name FROM few
       LEFT JOIN LATERAL (SELECT c.city FROM customer_stats s JOIN customers c USING (shop_id, customer_id)
         WHERE s.shop_id = $1 AND s.standing = 'active' AND s.city_key = few.city_key LIMIT 1) one ON true
     ORDER BY coalesce(one.city, few.city_key) COLLATE "und-x-icu", few.city_key`,
    [shopId],
  );
  return rows;
}
