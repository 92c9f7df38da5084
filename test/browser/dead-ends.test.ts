/** Where a screen used to end: two people in one form, and a lost connection. */
import { expect, test } from 'vitest';
import { useAdminScreens } from './admin-screens.ts';

const screens = useAdminScreens();

const saveBar = (name: string) => screens.page.locator('.save-bar').getByRole('button', { name });

async function openProgram(): Promise<void> {
  const [row] = await screens.query<{ id: string }>(
    'SELECT min(program_id)::text AS id FROM programs WHERE shop_id = $1',
  );
  await screens.open(`/loyalty/programs/${row!.id}`);
}

/** Someone else renames the program and sets another pending time. */
const others = (name: string) =>
  screens.query(
    `UPDATE programs SET name = $2, rule = jsonb_set(rule, '{pendingDays}', '9'), version = version + 1 WHERE shop_id = $1`,
    [name],
  );

test('two people change one program: theirs is shown beside mine, which is saved over it', async () => {
  const { screen } = screens;
  await openProgram();
  const name = screen.locator('#name');
  await name.fill('Mine');
  await others('Theirs');
  await saveBar('Save').click();
  await screen.getByText('Someone else saved this while you were editing').waitFor();
  await screen.getByText('Saved meanwhile: Theirs').waitFor();
  expect(await name.inputValue()).toBe('Mine');
  // What only they changed is here already.
  expect(await screen.locator('#pendingDays').inputValue()).toBe('9');
  await screens.button('Save my changes').click();
  await screens.toast('Saved').waitFor();
  expect(
    await screens.query(`SELECT name, rule->>'pendingDays' AS days FROM programs WHERE shop_id = $1`),
  ).toContainEqual({
    name: 'Mine',
    days: '9',
  });
  await screen.getByText('Someone else saved this while you were editing').waitFor({ state: 'detached' });
});

test('or taken', async () => {
  const { screen } = screens;
  await openProgram();
  await screen.locator('#name').fill('Mine again');
  await others('Theirs again');
  await saveBar('Save').click();
  await screens.button('Discard my changes').click();
  await expect.poll(() => screen.locator('#name').inputValue()).toBe('Theirs again');
  expect(await screen.getByText('Someone else saved this while you were editing').count()).toBe(0);
});

test('without a connection a link keeps the page, says so, and works once it is back', async () => {
  const { screen, watched } = screens;
  await screens.open('/loyalty/programs');
  await watched.context.setOffline(true);
  await screen.getByRole('link', { name: 'Rewards', exact: true }).click();
  const dialog = screen.getByRole('dialog', { name: 'You’re offline' });
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await dialog.getByText('Still no connection.').waitFor();
  await screen.getByRole('heading', { level: 1, name: 'Programs' }).waitFor();
  await watched.context.setOffline(false);
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await screen.getByRole('heading', { level: 1, name: 'Rewards' }).waitFor();
});

test('without a connection what was typed stays, and leaving it asks as ever', async () => {
  const { screen, watched } = screens;
  await screens.open('/loyalty/programs/new');
  await screen.locator('#name').fill('On a train');
  await watched.context.setOffline(true);
  await screen.locator('.Polaris-Page-Header__BreadcrumbWrapper a').first().click();
  await screen
    .getByRole('dialog', { name: 'You’re offline' })
    .getByRole('button', { name: 'Cancel' })
    .click();
  expect(await screen.locator('#name').inputValue()).toBe('On a train');
  await saveBar('Save').click();
  await screen.getByText('Your changes are still here', { exact: false }).waitFor();
  await watched.context.setOffline(false);
  await saveBar('Save').click();
  await screens.toast('Saved').waitFor();
});

test('a page that could not be reached can be tried again', async () => {
  const { screen, page } = screens;
  await screens.open('/loyalty/programs');
  await page.route('**/app/loyalty/rewards.data**', (route) => route.abort());
  await screen.getByRole('link', { name: 'Rewards', exact: true }).click();
  await screen.getByRole('heading', { level: 1, name: 'This page couldn’t be reached' }).waitFor();
  await page.unroute('**/app/loyalty/rewards.data**');
  await screens.button('Try again').click();
  await screen.getByRole('heading', { level: 1, name: 'Rewards' }).waitFor();
});
