/** What staff keep about a customer: a note written where no microphone is to be had, photos dropped among other files. */
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { useAdminScreens } from './admin-screens.ts';

const screens = useAdminScreens();
let customer = '';

beforeAll(async () => {
  const [siti] = await screens.query<{ id: string }>(
    `SELECT customer_id::text AS id FROM customers WHERE shop_id = $1 AND first_name = 'Siti'`,
  );
  customer = siti!.id;
});

test('a note is typed where the frame gives no microphone, deleted, and had back', async () => {
  await screens.open(`/customers/${customer}/notes`);
  await screens.screen.getByText('The microphone is blocked').waitFor();
  expect(await screens.button('Speak').isDisabled()).toBe(true);
  await screens.field('New note').fill('Likes batik.\nSize S.');
  await screens.button('Add note').click();
  const note = screens.screen.locator('.as-typed', { hasText: 'Likes batik.' });
  await note.waitFor();
  expect(await screens.field('New note').inputValue()).toBe('');
  await screens.button('Delete').click();
  await screens.screen.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await note.waitFor({ state: 'detached' });
  await screens.button('Undo').click();
  await note.waitFor();
});

test('of several files the photos are added, the others named; keys leaf through them', async () => {
  const picture = (background: string) =>
    sharp({ create: { width: 80, height: 60, channels: 3, background } })
      .png()
      .toBuffer();
  const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/png', buffer });
  await screens.open(`/customers/${customer}/photos`);
  await screens.screen
    .locator('input[type=file]')
    .first()
    .setInputFiles([
      file('red.png', await picture('#c22')),
      file('broken.png', (await picture('#222')).subarray(0, 60)),
      file('blue.png', await picture('#22c')),
    ]);
  const tiles = screens.screen.locator('.photo-tile img');
  await tiles.nth(1).waitFor();
  await screens.screen.getByText('This file is damaged and can’t be opened.').waitFor();
  await tiles.first().click();
  const large = screens.screen.locator('.photo-large img');
  await large.waitFor();
  await screens.screen.getByText('Photo 1 of 2').waitFor();
  await screens.page.keyboard.press('ArrowRight');
  await screens.screen.getByText('Photo 2 of 2').waitFor();
  await large.waitFor();
  await screens.button('Delete photo').click();
  await screens.screen.getByRole('dialog').getByRole('button', { name: 'Delete photo' }).click();
  await expect.poll(() => tiles.count()).toBe(1);
});
