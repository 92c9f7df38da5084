/** The product's line: points of the chosen variant, and a signed-in customer's own price. */
import type { PricesView } from '../shared/club-api.ts';
import { createApi, loadTexts, wordsOf, type Api } from './shop.ts';

/** Begins a part, once, when it comes into view. */
export async function start(part: HTMLElement): Promise<void> {
  const { root: given = '/', proxy = '/apps/setia', texts: textsUrl = '', product = '' } = part.dataset;
  const texts = await loadTexts(textsUrl);
  const locale = document.documentElement.lang || 'en';
  const api = createApi(given.replace(/\/$/, '') + proxy);
  const price = part.querySelector<HTMLElement>('[data-price]');
  const own = price ? (await api.prices(product)).body : null;
  const byVariant = readNumbers(part.dataset.points);
  const words = wordsOf(texts, locale, own?.currency ?? 'USD', own?.currencyDigits ?? 2);
  const line = part.querySelector<HTMLElement>('[data-points]');
  const show = async (variant: string): Promise<void> => {
    const known = byVariant.get(variant)?.toString();
    const points = known ?? (part.dataset.ask === undefined ? null : await ask(api, part, variant));
    if (line && points !== null)
      line.textContent =
        points === '0' ? '' : words.t('earn_product', { number: words.number(points) }, Number(points));
    if (price) price.textContent = priceText(own, variant, words);
  };
  followVariant(part, (variant) => void show(variant));
  await show(part.dataset.variant ?? '');
}

/** What one of the variant earns; its price is in the page. */
async function ask(api: Api, { dataset }: HTMLElement, variant: string): Promise<string | null> {
  const price = readNumbers(dataset.ask).get(variant);
  if (price === undefined) return null;
  const { body } = await api.earning({
    currency: dataset.currency ?? '',
    total_price: price,
    items: [
      {
        product_id: Number(dataset.product),
        variant_id: Number(variant),
        quantity: 1,
        original_line_price: price,
        final_line_price: price,
        gift_card: false,
      },
    ],
  });
  return body?.isKnown ? body.points : null;
}

/** A number for each variant, as the block's Liquid writes it. */
function readNumbers(text = '{}'): Map<string, number> {
  const read: unknown = JSON.parse(text);
  return new Map(Object.entries(read ?? {}).map(([variant, value]) => [variant, Number(value)]));
}

function priceText(
  own: PricesView | null,
  variant: string,
  { t, money }: ReturnType<typeof wordsOf>,
): string {
  const prices = own?.variants.find(({ id }) => id === variant)?.prices ?? [];
  return prices
    .map(({ quantity, unitMinor }) =>
      quantity === 1
        ? t('your_price', { money: money(unitMinor) })
        : t('your_price_from', { money: money(unitMinor), count: String(quantity) }),
    )
    .join(' · ');
}

/** Tells of the chosen variant: by Shopify's event, and by whatever form of the theme holds its id. */
function followVariant(part: HTMLElement, tell: (variant: string) => void): void {
  let last = part.dataset.variant ?? '';
  const change = (variant: string | null): void => {
    if (variant === null || variant === '' || variant === last) return;
    last = variant;
    tell(variant);
  };
  document.addEventListener('shopify:product:view', (event) => {
    const detail: unknown = event instanceof CustomEvent ? event.detail : null;
    // A number or a gid, in whatever the theme sends along.
    const [, variant = null] =
      /"variant":\{[^}]*?"id":"?(?:gid:\/\/shopify\/ProductVariant\/)?(\d+)/.exec(JSON.stringify(detail)) ??
      [];
    change(variant);
  });
  document.addEventListener('change', (event) => {
    const form = event.target instanceof HTMLElement ? event.target.closest('form') : null;
    // The theme writes the id into its form while it handles the same event.
    setTimeout(() => {
      const field = form?.elements.namedItem('id');
      const { value } =
        field instanceof HTMLInputElement || field instanceof HTMLSelectElement ? field : { value: '' };
      change(value || new URL(location.href).searchParams.get('variant'));
    });
  });
}
