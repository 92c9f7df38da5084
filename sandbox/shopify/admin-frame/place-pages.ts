import type { Exchange, Router } from '../../router.ts';
import type { Sandbox } from '../../sandbox.ts';
import { isPlaced, listPlaces, unplace, type Place } from '../extensions/placed-targets.ts';
import { html } from '../ui/html.ts';
import { wordsOf } from '../ui/i18n.ts';
import { sendFramePage } from './frame-layout.ts';

/**
 * Registers the editor of checkout and accounts, as far as placing goes. The till's tile and the admin's blocks are on the
 * same page, although staff place those at Shopify where they stand.
 */
export function registerPlacePages(router: Router, sandbox: Sandbox): void {
  router.add('GET', '/admin/:shop/settings/checkout', (exchange) => sendPlaces(exchange, sandbox));
  // The deep links of an app.
  router.add('GET', '/admin/:shop/settings/checkout/editor', (exchange) => sendPlaces(exchange, sandbox));
  router.add('POST', '/admin/:shop/settings/checkout/editor', async (exchange) => {
    const { shop } = sandbox.world.shop(exchange.params.shop ?? '');
    const kept = (await exchange.form()).getAll('place');
    await unplace(
      shop,
      (await listPlaces()).filter((place) => !kept.includes(place)),
    );
    exchange.redirect(`/admin/${shop.domain}/settings/checkout/editor?saved=1`);
  });
}

async function sendPlaces(exchange: Exchange, { world, options }: Sandbox): Promise<void> {
  const { shop } = world.shop(exchange.params.shop ?? '');
  const words = wordsOf(exchange);
  const { searchParams } = exchange.url;
  const t = (key: string) => words.t(`admin.places.${key}`);
  const places = await listPlaces();
  const isOn = (place: Place): boolean => {
    const [handle = '', target = ''] = place.split('/');
    return isPlaced(shop, handle, target);
  };
  const isOfApp = searchParams.get('app') === options.apiKey;
  const content = html`<div class="admin-page">
    <h1>${t('title')}</h1>
    <p class="muted">${t('lead')}</p>
    ${searchParams.has('saved') ? html`<p class="notice" role="status">${t('saved')}</p>` : ''}
    ${isOfApp ? html`<p class="notice">${words.t('admin.places.wanted', { page: searchParams.get('page') ?? '' })}</p>` : ''}
    <form method="post" action="/admin/${shop.domain}/settings/checkout/editor" class="card">
      <fieldset>
        <legend>${t('blocks')}</legend>
        ${places.map(
          (place) =>
            html`<p>
              <label
                ><input type="checkbox" name="place" value="${place}" ${isOn(place) ? 'checked' : ''} />
                ${t(place.replace('/', ' ').replaceAll('.', '_'))}</label
              >
            </p>`,
        )}
      </fieldset>
      <button class="button primary">${t('save')}</button>
    </form>
  </div>`;
  sendFramePage(exchange, { words, shop, title: t('title'), current: 'app', content });
}
