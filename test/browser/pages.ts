import type { Browser, BrowserContext, Page } from 'playwright-core';

/** Widths at which every page must hold: a desk and a phone. */
export const WIDTHS = [
  { name: 'desk', width: 1280, height: 860 },
  { name: 'phone', width: 390, height: 844 },
] as const;

/** Shopify's library turns away what calls itself headless (410), as it does with all bots. */
export const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36';

/** Says that something is not there, not that it is slow. */
const FOUND_WITHIN_MS = 40_000;

/** Chromium's word for a screen's data that were still arriving when the person chose the next: they are no longer wanted. */
const GIVEN_UP = 'AbortError: BodyStreamBuffer was aborted';

/** A page that writes down what a person would never notice: errors in its console, failed scripts and calls. */
export interface WatchedPage {
  page: Page;
  context: BrowserContext;
  /** What went wrong so far; a test expects it to be empty. */
  problems: string[];
}

/** Opens a page of a width in a language, with fresh cookies. */
export async function openPage(
  browser: Browser,
  size: { width: number; height: number } = WIDTHS[0],
  locale = 'en-US',
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: size,
    locale,
    userAgent: USER_AGENT,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(FOUND_WITHIN_MS);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !text.startsWith(GIVEN_UP)) problems.push(`console: ${text}`);
  });
  page.on('pageerror', (error) => problems.push(`script: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
  });
  return { page, context, problems };
}

/** How many pixels the page is wider than its window; more than 0 makes a phone scroll sideways. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth));
}

/** Texts that are keys: what is shown when a catalogue lacks one. */
export async function untranslated(page: Page): Promise<string[]> {
  const text = await page.locator('body').innerText();
  return (
    text.match(
      /\b(?:common|landing|store|summary|checkout|code|status|admin|frame|console)\.\w+(?:\.\w+)*/g,
    ) ?? []
  );
}

/** The text of an element as a person reads it: amounts carry no-break spaces, here they are plain ones. */
export async function textOf(page: Page, selector: string): Promise<string> {
  const text = await page.locator(selector).first().innerText();
  return text.replace(/[\u00a0\u202f]/g, ' ');
}

/** The problems that remain when nobody answers for the app: the extension's own questions may fail. */
export function withoutApp(problems: string[]): string[] {
  return problems.filter((problem) => !/\/api\/(?:club|account|orders)|net::ERR_FAILED/.test(problem));
}

/** The problems without those of an order that the app does not know yet: the till and the admin ask for it at once. */
export function unexpected(problems: string[]): string[] {
  return problems.filter(
    (problem) => !/^404 .*\/api\/staff\/orders\//.test(problem) && !/status of 404/.test(problem),
  );
}
