/** What a wallet shows, from what is known: pure but for the elements that it makes. */
import type { ClubRedemption, ClubReward, ClubView, ClubWallet, ReserveWish } from '../shared/club-api.ts';
import { h, linkOf, readUnits, unitsProblem, worthOf, type Child, type Words } from './shop.ts';

export interface Shown {
  club: ClubView | null;
  /** Points that the cart earns; null: none, or not known. */
  expected: string | null;
  kind: string;
  isGuest: boolean;
  isBusy: boolean;
  isFailed: boolean;
  hasCart: boolean;
  /** The open redemption's code takes something off this cart. */
  isOnCart: boolean;
  message: { text: string; isProblem: boolean } | null;
  /** A code that only its link can put on the cart. */
  link: string | null;
  root: string;
}

export interface Actions {
  load: () => Promise<void>;
  spend: (wish: ReserveWish) => Promise<void>;
  use: (redemption: ClubRedemption) => Promise<void>;
  remove: (redemption: ClubRedemption) => Promise<void>;
  claim: (rewardId: string) => Promise<void>;
  join: () => Promise<void>;
}

const button = (
  shown: Shown,
  key: string,
  text: string,
  onclick: () => void,
  more: Record<string, string> = {},
) =>
  h(
    'button',
    {
      type: 'button',
      class: 'setia__button',
      key,
      onclick,
      'aria-disabled': shown.isBusy && 'true',
      ...more,
    },
    text,
  );

/** Returns the children of the wallet's view. */
export function viewOf(shown: Shown, words: Words, actions: Actions): Child[] {
  const { club, isGuest, isFailed } = shown;
  const { t } = words;
  if (isGuest) return [earnLine(shown, words)];
  if (!club)
    return isFailed
      ? [h('p', {}, t('unreachable')), button(shown, 'retry', t('try_again'), () => void actions.load())]
      : [];
  const wallet = club.wallets.find(({ spendable }) => spendable.units !== '0') ?? club.wallets[0];
  return [
    wallet ? balanceLine(wallet, words) : null,
    club.open
      ? openPart(shown, club.open, words, actions)
      : wallet
        ? payPart(shown, wallet, words, actions)
        : null,
    status(shown, words),
    earnLine(shown, words),
    shown.kind === 'cart' || shown.kind === 'drawer' ? null : tierPart(club, words),
    rewardsPart(shown, club, words, actions),
    club.membership.mayJoin && !club.membership.isMember
      ? h(
          'p',
          { class: 'setia__join' },
          `${t('join_invite')} `,
          button(shown, 'join', t('join'), () => void actions.join()),
        )
      : null,
  ];
}

function balanceLine(
  { unit, available, pending, rate }: ClubWallet,
  { t, units, money, number }: Words,
): Child {
  const text =
    unit === 'POINTS'
      ? t('balance', { number: number(available) }, Number(available))
      : units(unit, available);
  const worth = (BigInt(available) * BigInt(rate.amountMinor)) / BigInt(rate.units);
  const isWorth = unit === 'POINTS' && worth > 0n;
  return h(
    'p',
    { class: 'setia__balance' },
    h('strong', {}, text),
    isWorth ? `, ${t('worth', { money: money(worth) })}.` : '.',
    pending === '0' ? null : ` ${t('pending', { units: units(unit, pending) })}`,
  );
}

function earnLine({ expected, isGuest }: Shown, { t, number }: Words): Child {
  if (expected === null) return null;
  const key = isGuest ? 'earn_guest' : 'earn';
  return h('p', { class: 'setia__earn' }, t(key, { number: number(expected) }, Number(expected)));
}

function status(shown: Shown, { t }: Words): Child {
  const { message, isBusy, link, root } = shown;
  const text = isBusy ? t('working') : (message?.text ?? '');
  return h(
    'p',
    {
      role: 'status',
      class: message?.isProblem && !isBusy ? 'setia__status setia__problem' : 'setia__status',
    },
    text,
    link === null ? null : h('a', { href: linkOf(root, link) }, t('view_cart')),
  );
}

const giftOf = (
  { percentBp, amountMinor }: { percentBp?: number | null; amountMinor?: string | null },
  { t, money }: Words,
): string =>
  percentBp
    ? t('percent_off', { percent: String(percentBp / 100) })
    : amountMinor
      ? t('amount_off', { money: money(amountMinor) })
      : '';

function openPart(shown: Shown, open: ClubRedemption, words: Words, actions: Actions): Child {
  const { t, units, time } = words;
  const gift = giftOf(open.reward?.percentBp ? open.reward : open, words);
  const spent = units(open.unit, open.units);
  const name = open.reward ? `${open.reward.name}: ` : '';
  if (shown.isOnCart)
    return h(
      'div',
      { class: 'setia__open' },
      h('p', {}, name + t('applied', { gift, units: spent })),
      button(shown, 'remove', t('remove'), () => void actions.remove(open)),
    );
  return h(
    'div',
    { class: 'setia__open' },
    h(
      'p',
      {},
      name + t('reserved', { gift, units: spent, code: open.code }),
      ' ',
      t('until', { time: time(open.expiresAt) }),
    ),
    shown.hasCart ? button(shown, 'apply', t('apply'), () => void actions.use(open)) : null,
    button(shown, 'remove', t('give_back'), () => void actions.remove(open)),
  );
}

function payPart(shown: Shown, wallet: ClubWallet, words: Words, actions: Actions): Child {
  const { t, units } = words;
  const { club, hasCart } = shown;
  if (!club?.redemptionEnabled) return h('p', {}, t('paused'));
  if (wallet.available === '0') return h('p', {}, t('empty'));
  if (BigInt(wallet.available) < BigInt(wallet.minimum))
    return h('p', {}, t('short', { minimum: units(wallet.unit, wallet.minimum) }));
  if (!hasCart) return null;
  if (wallet.spendable.units === '0') return h('p', {}, t('nothing_to_pay'));
  return amountForm(shown, wallet, club.currencyDigits, words, actions);
}

function amountForm(
  shown: Shown,
  wallet: ClubWallet,
  digits: number,
  { t, units, money }: Words,
  actions: Actions,
): Child {
  const id = `setia-${shown.kind}-units`;
  const input = h('input', {
    id,
    key: 'units',
    name: 'units',
    type: 'text',
    inputmode: 'numeric',
    autocomplete: 'off',
    'aria-describedby': `${id}-note`,
    oninput: () => describe(),
  });
  const note = h(
    'p',
    { id: `${id}-note`, class: 'setia__note' },
    t('most', { units: units(wallet.unit, wallet.spendable.units) }),
  );
  const describe = (): void => {
    const typed = readUnits(input.value, wallet, digits);
    const problem = unitsProblem(typed, wallet);
    input.removeAttribute('aria-invalid');
    note.classList.remove('setia__problem');
    note.textContent =
      problem === null && typed !== null
        ? t('off', { money: money(worthOf(typed, wallet)) })
        : t('most', { units: units(wallet.unit, wallet.spendable.units) });
  };
  const submit = (): void => {
    const typed = readUnits(input.value, wallet, digits);
    const problem = unitsProblem(typed, wallet);
    if (problem === null && typed !== null)
      return void actions.spend({ kind: 'pay', unit: wallet.unit, units: typed.toString() });
    input.setAttribute('aria-invalid', 'true');
    note.classList.add('setia__problem');
    note.textContent = t(`problem_${problem}`, {
      units: units(wallet.unit, wallet.available),
      minimum: units(wallet.unit, wallet.minimum),
      step: units(wallet.unit, wallet.step),
    });
    input.focus();
  };
  return h(
    'form',
    { class: 'setia__pay', novalidate: true, onsubmit: submit },
    h('label', { for: id }, t(wallet.unit === 'CREDIT' ? 'field_credit' : 'field')),
    h(
      'div',
      { class: 'setia__row' },
      input,
      button(shown, 'all', t('use_all'), () => {
        input.value =
          wallet.unit === 'CREDIT' ? plainMoney(wallet.spendable.units, digits) : wallet.spendable.units;
        describe();
      }),
      h(
        'button',
        { type: 'submit', class: 'setia__button', key: 'use', 'aria-disabled': shown.isBusy && 'true' },
        t('use'),
      ),
    ),
    note,
  );
}

/** Minor units as a person types them. */
function plainMoney(units: string, digits: number): string {
  if (digits === 0) return units;
  const padded = units.padStart(digits + 1, '0');
  return `${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
}

function tierPart({ tier }: ClubView, { t, money, units }: Words): Child {
  if (!tier) return null;
  const { name, next } = tier;
  const amount = next && (next.measure === 'spend' ? money(next.missing) : units('POINTS', next.missing));
  return h(
    'p',
    { class: 'setia__tier' },
    name === null ? null : `${t('tier', { name })} `,
    next && amount !== null ? t(`next_${next.measure}`, { amount, name: next.name }) : null,
  );
}

function rewardsPart(shown: Shown, club: ClubView, words: Words, actions: Actions): Child {
  const offered = club.rewards.filter(
    ({ kind }) => kind !== 'other' || shown.kind === 'page' || shown.kind === 'launcher',
  );
  if (offered.length === 0 || club.open || !club.redemptionEnabled) return null;
  return h(
    'details',
    { class: 'setia__rewards', open: shown.kind === 'page' },
    h('summary', { key: 'rewards' }, words.t('rewards')),
    h('ul', {}, ...offered.map((reward) => rewardItem(shown, reward, words, actions))),
  );
}

function rewardItem(shown: Shown, reward: ClubReward, words: Words, actions: Actions): Child {
  const { t, units, money } = words;
  const { id, kind, name, unit, units: price, obstacle, missing, minimumCartMinor } = reward;
  const gift = giftOf(reward, words);
  const cost = units(unit, price);
  const isGift = kind === 'other';
  const why =
    obstacle === 'insufficient'
      ? t('missing', { units: units(unit, missing) })
      : obstacle === 'below_minimum_cart'
        ? t('below_minimum_cart', { money: money(minimumCartMinor) })
        : obstacle && t(obstacle);
  const take = (): void => {
    if (!isGift) return void actions.spend({ kind: 'reward', rewardId: id });
    // Nothing brings its points back but the shop's refusal: asked once more.
    if (confirm(t('reward_confirm', { units: cost }))) void actions.claim(id);
  };
  const canTake = why === null && (isGift || shown.hasCart);
  return h(
    'li',
    {},
    h('span', {}, h('strong', {}, name), ` ${[gift, cost].filter(Boolean).join(' · ')}`),
    why === null ? null : h('span', { class: 'setia__note' }, why),
    canTake
      ? button(shown, `reward-${id}`, t(isGift ? 'reward_request' : 'reward_use'), take, {
          'aria-label': `${t(isGift ? 'reward_request' : 'reward_use')}: ${name}`,
        })
      : null,
  );
}
