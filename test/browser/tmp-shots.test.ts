import { test } from 'vitest';
import { useAdminScreens } from './admin-screens.ts';
const screens = useAdminScreens();
test('shots', async () => {
  const [made] = await screens.query<{ id: string }>(
    `INSERT INTO segments (shop_id, name, rule, created_by, updated_by) VALUES ($1, 'Women', '{"kind":"condition","code":"has_phone","values":{"op":"yes"}}', 'staff:1', 'staff:1')
     RETURNING segment_id::text AS id`);
  await screens.query(`INSERT INTO segment_counts (shop_id, segment_id, day, customers) SELECT $1, $2::bigint, (ledger_now() - n * interval '1 day')::date, 40 - n FROM generate_series(0, 20) n`, [made!.id]);
  await screens.query(`INSERT INTO events (shop_id, kind, subject, details, at) SELECT $1, CASE WHEN row_number() OVER () % 3 = 0 THEN 'segment.left' ELSE 'segment.joined' END, customer_id, jsonb_build_object('segment', $2::text), ledger_now() - interval '5 hours' FROM customers WHERE shop_id = $1 LIMIT 30`, [made!.id]);
  for (const locale of ['en', 'id'])
  for (const width of [1280, 390]) {
    await screens.resize({ width, height: 900 });
    for (const [name, path] of [['moves', `/customers/segments/${made!.id}/moves`], ['segment', `/customers/segments/${made!.id}`], ['segments', '/customers/segments']] as const) {
      await screens.open(path, locale);
      await screens.page.waitForTimeout(1500);
      await screens.page.screenshot({ path: `/tmp/seg/shot-${name}-${width}-${locale}.png` });
    }
  }
});
