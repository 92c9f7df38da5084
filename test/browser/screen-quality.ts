/** What a person with a keyboard, a screen reader or a phone would stumble over on a screen. */
import axe from 'axe-core';
import type { FrameLocator, Page } from 'playwright-core';

/** WCAG 2.2 A and AA, and axe's best practices. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const PLACES_TOLD_MAX = 3;

/** Brings axe into every document that the page loads from now on. */
export async function useAxe(page: Page): Promise<void> {
  await page.addInitScript({ content: axe.source });
}

/** The rules of axe that a screen breaks, each with the first places. `page` was prepared by `useAxe`. */
export function readViolations(frame: FrameLocator): Promise<{ rule: string; places: string[] }[]> {
  return frame.locator('html').evaluate(
    async (html, { rules, placesMax }) => {
      const { axe } = window as unknown as { axe: typeof import('axe-core') };
      const { violations } = await axe.run(html, {
        runOnly: { type: 'tag', values: rules },
        resultTypes: ['violations'],
      });
      return violations.map(({ id, nodes }) => ({
        rule: id,
        places: nodes
          .slice(0, placesMax)
          .map(({ html, failureSummary }) => `${html.slice(0, 240)} ${failureSummary}`),
      }));
    },
    { rules: RULES, placesMax: PLACES_TOLD_MAX },
  );
}

/**
 * On a phone: what scrolls sideways although it isn't meant to, words that go on in the next line, lists whose rows
 * are as wide as a desk's, and fields of a form without room between them.
 */
export function readPhoneFaults(
  frame: FrameLocator,
): Promise<{ scrolls: string[]; broken: string[]; cramped: string[] }> {
  return frame.locator('html').evaluate((html) => {
    const ROOM_MIN_PX = 8;
    // Tabs that scroll to both edges, and what shows text as it is in a file.
    const MAY_SCROLL = '.section-tabs, .Polaris-Tabs__Wrapper, .import-sample, .payload';
    const tell = (element: Element) => element.outerHTML.slice(0, 160);
    const scrolls = [...html.querySelectorAll('main *')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
      .filter((element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX))
      .filter(
        (element) => element.closest(MAY_SCROLL) === null && !element.matches('input, textarea, select'),
      )
      .map(tell);
    const broken: string[] = [];
    const walker = document.createTreeWalker(html.querySelector('main')!, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement!.closest('pre, textarea, .payload, .code-field, .import-sample, code')) continue;
      // A line may end after these.
      for (const { 0: word, index } of (node.textContent ?? '').matchAll(/[^\s\-–—/?&|]{2,40}/g)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top / 4)));
        if (lines.size > 1) broken.push(word);
      }
    }
    const cramped = [...html.querySelectorAll('.Polaris-FormLayout__Item > * + *')]
      .filter((element) => {
        const before = element.previousElementSibling!.getBoundingClientRect();
        const own = element.getBoundingClientRect();
        return before.height > 0 && own.height > 0 && own.top - before.bottom < ROOM_MIN_PX;
      })
      .map(tell);
    return { scrolls, broken, cramped };
  });
}

/** A scrollbar changes sides, too, or not. */
const MIRROR_TOLERANCE_PX = 20;

/** A screen that was not mirrored. */
export const UNTURNED = { overflow: 0, stuck: [] };

/**
 * The screen with its direction switched, as Persian is read: what still spreads over the edge, and headings that did not
 * go to the other side. `look` sees it while it is so.
 */
export async function mirror(frame: FrameLocator, look: () => Promise<void>) {
  const html = frame.locator('html');
  const sides = () =>
    html.evaluate((root: HTMLElement) => ({
      overflow: Math.max(0, root.scrollWidth - innerWidth),
      headings: Array.from(root.querySelectorAll('h1, h2'), (heading) => {
        const range = document.createRange();
        range.selectNodeContents(heading);
        const { left, right } = range.getBoundingClientRect();
        return { text: heading.textContent, start: left, end: innerWidth - right };
      }),
    }));
  const before = await sides();
  await html.evaluate((root: HTMLElement) => (root.dir = 'rtl'));
  const after = await sides();
  await look();
  await html.evaluate((root: HTMLElement) => (root.dir = 'ltr'));
  const stuck = before.headings.filter(({ text, start }, index) => {
    const turned = after.headings[index];
    return turned?.text === text && Math.abs(turned.end - start) > MIRROR_TOLERANCE_PX;
  });
  return { overflow: after.overflow, stuck };
}
