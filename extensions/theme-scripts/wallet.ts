/** The club of a signed-in customer, wherever a block shows it: cart, drawer, launcher, club page. */
import type { ClubRedemption, ClubView, ReserveWish } from '../shared/club-api.ts';
import {
  apply,
  createApi,
  draw,
  isApplied,
  loadTexts,
  readCart,
  redeem,
  undo,
  wordsOf,
  type Cart,
  type Outcome,
  type RedeemParts,
  type Texts,
  type Words,
} from './shop.ts';
import { viewOf, type Actions, type Shown } from './wallet-view.ts';

const AFTER_CART_CHANGE_MS = 250;
/**
 * What was last said, and whether something is under way: of all parts of the page, because a theme that draws its cart
 * again puts another element in the place of ours, in the middle of it.
 */
const NOTICE_MS = 60_000;
let notice: { text: string; isProblem: boolean; atMs: number } | null = null;
let isBusy = false;
/** A code that only its link can put on the cart. */
let link: string | null = null;

/** The parts that are on the page now: a change in one is shown in all. */
const reloads = new Set<() => void>();

/** Begins a part; called once for each, when it comes into view or its button is pressed. */
export async function start(part: HTMLElement): Promise<void> {
  const {
    root: given = '/',
    proxy = '/apps/setia',
    texts: textsUrl = '',
    kind = 'cart',
    guest,
  } = part.dataset;
  const root = given.replace(/\/$/, '');
  const texts = await loadTexts(textsUrl);
  const isPanel = kind === 'launcher' || kind === 'drawer';
  const locale = document.documentElement.lang || 'en';
  const place = isPanel ? openPanel(part, wordsOf(texts, locale, 'USD', 2).t('close')) : part;
  const view = place.querySelector<HTMLElement>('[data-view]');
  if (!view) return;
  const api = createApi(root + proxy);
  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  const wallet = new Wallet({
    view,
    texts,
    locale,
    kind,
    isGuest: guest !== undefined,
    parts: { api, root, pause },
  });
  await wallet.load();
}

/** Opens the part's dialog, or makes it: the content is the part's template. The focus returns to the button. */
function openPanel(part: HTMLElement, close: string): HTMLElement {
  const known = part.querySelector('dialog');
  const dialog = known ?? document.createElement('dialog');
  if (!known) {
    dialog.className = 'setia-panel';
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'setia__close';
    button.setAttribute('aria-label', close);
    button.textContent = '×';
    button.addEventListener('click', () => dialog.close());
    const template = part.querySelector('template');
    dialog.append(button, ...(template ? [template.content.cloneNode(true)] : []));
    dialog.setAttribute('aria-label', part.querySelector('[data-open]')?.textContent?.trim() ?? '');
    dialog.addEventListener('close', () => part.querySelector<HTMLElement>('[data-open]')?.focus());
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog) dialog.close();
    });
    part.append(dialog);
  }
  dialog.showModal();
  return dialog;
}

interface Setting {
  view: HTMLElement;
  texts: Texts;
  locale: string;
  kind: string;
  isGuest: boolean;
  parts: RedeemParts;
}

class Wallet implements Actions {
  readonly #setting: Setting;
  #cart: Cart | null = null;
  #club: ClubView | null = null;
  #shown: Pick<Shown, 'expected' | 'isFailed'> = { expected: null, isFailed: false };
  #words: Words;

  constructor(setting: Setting) {
    this.#setting = setting;
    this.#words = wordsOf(setting.texts, setting.locale, 'USD', 2);
    const reload = (): void => {
      if (setting.view.isConnected) void this.load();
      else reloads.delete(reload);
    };
    reloads.add(reload);
  }

  /** Reads the cart and the club, and what the cart earns. */
  async load(): Promise<void> {
    const { parts, isGuest, kind } = this.#setting;
    const cart = (await readCart(parts.root)) ?? EMPTY_CART;
    const [club, expected] = await Promise.all([
      isGuest ? null : parts.api.club(cart),
      cart.items.length > 0 && kind !== 'page' ? parts.api.earning(cart) : null,
    ]);
    this.#cart = cart;
    this.#shown.isFailed = club !== null && club.status !== 200;
    if (club?.status === 200 && club.body) this.#club = club.body;
    if (this.#club) {
      const { currency, currencyDigits } = this.#club;
      this.#words = wordsOf(this.#setting.texts, this.#setting.locale, currency, currencyDigits);
    }
    const isKnown = expected?.body?.isKnown && expected.body.points !== '0';
    this.#shown.expected = isKnown ? (expected.body?.points ?? null) : null;
    this.#draw();
  }

  spend(wish: ReserveWish): Promise<void> {
    return this.#busy(async () => {
      const cart = (await readCart(this.#setting.parts.root)) ?? this.#cart ?? EMPTY_CART;
      this.#tell(await redeem(this.#setting.parts, cart, wish));
    });
  }

  use(redemption: ClubRedemption): Promise<void> {
    return this.#busy(async () =>
      this.#tell(await apply(this.#setting.parts, redemption, this.#cart?.discount_codes ?? [])),
    );
  }

  remove(redemption: ClubRedemption): Promise<void> {
    return this.#busy(async () => {
      const { result, isRefreshed } = await undo(this.#setting.parts, redemption);
      if (result === 'returned') this.#say('returned');
      else this.#say(`problem_${result}`, {}, true);
      this.#refresh(isRefreshed);
    });
  }

  claim(rewardId: string): Promise<void> {
    return this.#busy(async () => {
      const { body, status } = await this.#setting.parts.api.claim(crypto.randomUUID(), rewardId);
      if (body?.ok) return this.#say('claimed');
      const reason = body?.reason ?? (status === 403 ? 'signed_out' : 'unknown');
      this.#tell({ kind: 'refused', reason, refusal: body });
    });
  }

  join(): Promise<void> {
    return this.#busy(async () => {
      const { body, status } = await this.#setting.parts.api.join();
      if (body?.ok) this.#say('joined');
      else if (status === 429) this.#say('problem_too_many', {}, true);
      else this.#say(body?.reason === 'closed' ? 'problem_closed' : 'problem_unknown', {}, true);
    });
  }

  async #busy(work: () => Promise<void>): Promise<void> {
    if (isBusy) return;
    [isBusy, notice, link] = [true, null, null];
    this.#draw();
    await work();
    isBusy = false;
    for (const reload of reloads) reload();
  }

  #tell(outcome: Outcome): void {
    const { kind } = outcome;
    if (kind === 'applied') {
      const gift = this.#giftOf(outcome.redemption);
      if (outcome.lostCode === null) this.#say('done', { gift });
      else this.#say('other_code_lost', { code: outcome.lostCode }, true);
      return this.#refresh(outcome.isRefreshed);
    }
    if (kind === 'link') {
      link = outcome.redemption.code;
      return;
    }
    if (kind === 'not_applicable' && outcome.because !== null)
      return this.#say(`problem_${outcome.because}`, {}, true);
    if (kind !== 'refused') return this.#say(`problem_${kind}`, {}, true);
    const { refusal } = outcome;
    const unit = this.#club?.wallets[0]?.unit ?? 'POINTS';
    this.#say(
      `problem_${outcome.reason}`,
      {
        units: this.#words.units(unit, refusal?.available ?? '0'),
        minimum: this.#words.units(unit, refusal?.minimum ?? '0'),
        step: this.#words.units(unit, this.#club?.wallets[0]?.step ?? '1'),
        money: this.#words.money(refusal?.minimumCartMinor ?? '0'),
      },
      true,
    );
  }

  #giftOf({ reward, amountMinor }: ClubRedemption): string {
    return reward?.percentBp
      ? this.#words.t('percent_off', { percent: String(reward.percentBp / 100) })
      : this.#words.t('amount_off', { money: this.#words.money(amountMinor) });
  }

  #say(key: string, values: Record<string, string> = {}, isProblem = false): void {
    const text = this.#words.t(key, values) || this.#words.t('problem_unknown');
    notice = { text, isProblem, atMs: performance.now() };
  }

  /** A theme that was not told shows the new total after the page is loaded again. */
  #refresh(isRefreshed: boolean): void {
    if (!isRefreshed && this.#setting.kind === 'cart') location.reload();
  }

  #draw(): void {
    const cart = this.#cart;
    const open = this.#club?.open;
    draw(
      this.#setting.view,
      viewOf(
        {
          ...this.#shown,
          isBusy,
          link,
          message: notice && performance.now() - notice.atMs < NOTICE_MS ? notice : null,
          club: this.#club,
          kind: this.#setting.kind,
          isGuest: this.#setting.isGuest,
          hasCart: (cart?.items.length ?? 0) > 0,
          isOnCart: open ? isApplied(cart?.discount_codes, open.code) : false,
          root: this.#setting.parts.root,
        },
        this.#words,
        this,
      ),
    );
  }
}

/** No currency: nothing is compared with its amount. */
const EMPTY_CART: Cart = { currency: '', total_price: 0, items: [] };

let timer: ReturnType<typeof setTimeout> | undefined;
function reloadSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    for (const reload of reloads) reload();
  }, AFTER_CART_CHANGE_MS);
}
for (const event of ['lines-update', 'discount-update', 'update'])
  document.addEventListener(`shopify:cart:${event}`, reloadSoon);
// Themes from before the events ask the cart's addresses.
new PerformanceObserver((list) => {
  if (list.getEntries().some(({ name }) => /\/cart\/(add|change|update)\b/.test(name))) reloadSoon();
}).observe({ type: 'resource' });
