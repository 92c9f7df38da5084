/** Numbers and days as people type them, by keyboard and from the calendar, on a desk and on a phone. */
import { expect, test } from 'vitest';
import { useAdminScreens } from './admin-screens.ts';

const screens = useAdminScreens();

const PHONE = { width: 390, height: 844 };

test('numbers of another language are understood, and shown as understood; what is wrong says how to write it', async () => {
  await screens.open('/loyalty/programs/new');
  const step = screens.field('For each full');
  await step.fill('100.000');
  await screens.screen.getByText('Read as Rp 100,000').waitFor();
  await step.fill('100,000');
  await screens.screen.getByText('Read as Rp 100,000').waitFor({ state: 'detached' });
  await step.fill('-5');
  await screens.page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
  await screens.screen.getByText('This can’t be below zero').waitFor();
  await step.fill('ten');
  await screens.page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
  await screens.screen.getByText('Enter an amount, such as 1,250').waitFor();
});

test('a day is typed in any order that is clear, and chosen by keyboard; the form gets the same day', async () => {
  await screens.untilKnown();
  await screens.open('/activity/ledger');
  await screens.button('Filter').click();
  const from = screens.field('From');
  // An empty field must not look as if it had a day.
  expect(await from.getAttribute('placeholder')).toBe('MM/DD/YYYY');
  await from.fill('5/6/2026');
  await screens.screen.getByText('Read as May 6, 2026').waitFor();
  await from.fill('28/11/2025');
  await from.blur();
  expect(await from.inputValue()).toBe('11/28/2025');
  await from.fill('30/2/2026');
  await screens.button('Apply').click();
  await screens.screen.getByText('Enter a date, such as 11/28/2026').waitFor();
  await from.fill('2026-02-10');
  await from.blur();
  await screens.resize(PHONE);
  await screens.button('Choose from a calendar').first().click();
  const grid = screens.screen.getByRole('grid', { name: 'February 2026' });
  await grid.getByRole('button', { name: 'Tuesday, February 10, 2026' }).press('ArrowDown');
  await grid.getByRole('button', { name: 'Tuesday, February 17, 2026' }).press('PageDown');
  await screens.screen
    .getByRole('grid', { name: 'March 2026' })
    .getByRole('button', { name: 'Tuesday, March 17, 2026' })
    .press('Enter');
  expect(await from.inputValue()).toBe('3/17/2026');
  await screens.button('Apply').click();
  await screens.page.waitForURL(/from=2026-03-17/);
});
