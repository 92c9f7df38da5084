/** A snapshot of a segment, compared with the segment later and with another one, at a desk and on a phone. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { useAdminScreens } from './admin-screens.ts';
import { overflow, WIDTHS } from './pages.ts';

const screens = useAdminScreens();

/** A segment of a rule with one condition. */
async function segmentOf(name: string, code: string, values: object): Promise<string> {
  const [segment] = await screens.query<{ id: string }>(
    `INSERT INTO segments (shop_id, name, rule, created_by, updated_by) VALUES ($1, $2, $3, 'staff:1', 'staff:1')
     RETURNING segment_id::text AS id`,
    [name, JSON.stringify({ kind: 'condition', code, values })],
  );
  return segment!.id;
}

/** `SHOTS=<folder>` before the command keeps pictures to look at. */
async function look(name: string): Promise<void> {
  const folder = process.env.SHOTS;
  if (folder) await screens.page.screenshot({ path: path.join(folder, `compare-${name}.png`) });
}

const part = (name: string) => screens.screen.getByRole('listitem').filter({ hasText: name });

test.each(WIDTHS)(
  'who is in a segment is kept, and who joined and left since opens as a list; so does who is in both of two ($name)',
  async (size) => {
    const { screen } = screens;
    const first = size.name === 'desk' ? 880_000 : 881_000;
    await screens.query(
      `INSERT INTO customers (shop_id, customer_id, first_name, gender)
       SELECT $1, $2::bigint + n, 'Person ' || n || ' of a ' || $3, 'female' FROM generate_series(1, 3) n`,
      [first, size.name],
    );
    const women = `Women ${size.name}`;
    const spring = `Spring ${size.name}`;
    const id = await segmentOf(women, 'gender', { op: 'anyOf', list: ['female'] });
    await screens.resize(size);
    await screens.open(`/customers/segments/${id}`);
    const menu = screen.getByRole('button', { name: /^(More actions|View actions for)/ });
    const take = screen
      .getByRole('button', { name: 'Take snapshot', exact: true })
      .or(screen.getByRole('menuitem', { name: 'Take snapshot', exact: true }));
    await take.or(menu).first().waitFor();
    if (!(await take.first().isVisible())) await menu.click();
    await take.first().click();
    await screens.field('Name').fill(spring);
    await screen.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await screens.toast('Snapshot taken').waitFor();
    await screen.getByRole('heading', { level: 1, name: 'Snapshots' }).waitFor();
    await screen.getByText(`Of ${women}`).waitFor();

    await screens.query('UPDATE customers SET gender = NULL WHERE shop_id = $1 AND customer_id = $2', [
      first + 1,
    ]);
    await screens.query(
      `INSERT INTO customers (shop_id, customer_id, first_name, gender) VALUES ($1, $2, 'Newcomer', 'female')`,
      [first + 9],
    );
    await screens.open('/customers/segments/compare');
    await screens.field('First').selectOption({ label: women });
    await screens.field('Second').selectOption({ label: spring });
    await screen.getByRole('heading', { name: `Only in ${women}` }).waitFor();
    expect(await overflow(screens.page)).toBe(0);
    await look(size.name);
    await part(`Only in ${spring}`).getByRole('link').click();
    await screen.getByText(`Person 1 of a ${size.name}`).first().waitFor();
    await screen.getByText(`Not in “${women}”`).first().waitFor();

    // Two segments: who is in both is one person.
    const named = `Named ${size.name}`;
    await segmentOf(named, 'name', { op: 'contains', text: `Person 2 of a ${size.name}` });
    await screens.open('/customers/segments/compare');
    await screens.field('First').selectOption({ label: women });
    await screens.field('Second').selectOption({ label: named });
    await part('In both').getByRole('link', { name: '1 customer', exact: true }).click();
    await screen.getByText(`Person 2 of a ${size.name}`).first().waitFor();
    await screen.getByText('1 customer', { exact: true }).first().waitFor();

    await screens.open('/customers/segments/snapshots');
    await screens.button(`Rename ${spring}`).click();
    await screens.field('Name').fill(`March ${size.name}`);
    await screen.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await screens.button(`Delete March ${size.name}`).click();
    await screen.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await screens.toast('Snapshot deleted').waitFor();
    await screen.getByText('No snapshots yet').waitFor();
    expect(screens.watched.problems).toEqual([]);
  },
);
