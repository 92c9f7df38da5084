import type { Api } from '@shopify/ui-extensions/purchase.checkout.block.render';
import { useEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import type { ClubUnit } from '../../shared/club-api.ts';
import { unfinishedAttempt } from './attempt.ts';
import { createClubClient } from './club-client.ts';
import { type CartView, createFlow, type Flow } from './flow.ts';
import { cartAmountText } from './money.ts';
import { type HostView, INITIAL_STATE, nextState, type State } from './state.ts';

/** What the shopper can do on the screens. */
export interface ClubActions {
  reload: () => void;
  spend: (unit: ClubUnit, units: bigint) => void;
  takeReward: (rewardId: string) => void;
  claimGift: (rewardId: string) => void;
  askAgain: () => void;
  apply: () => void;
  undo: () => void;
  giveBack: () => void;
}

/** State of the block, what the host says, and the actions. Reads the host's signals, so it follows them. */
export function useClub(shopify: Api, origin: string) {
  const [state, tell] = useReducer(nextState, INITIAL_STATE);
  const cart = readCart(shopify);
  const host: HostView & { cartAmount: string } = {
    isSignedIn: cart.customerId !== '',
    canUpdateDiscountCodes: shopify.instructions.value.discounts.canUpdateDiscountCodes,
    codes: shopify.discountCodes.value.map(({ code }) => code),
    cartAmount: cart.amount,
  };
  const flow = useMemo(() => createFlowOf(shopify, origin, tell), [shopify, origin]);
  const isOpenToUse = host.isSignedIn && host.canUpdateDiscountCodes;
  const resumedFor = useRef('');

  // Everything that changes what may be spent reads the club again: another person, another cart.
  useEffect(() => {
    if (!isOpenToUse) return;
    const isFirstForCustomer = resumedFor.current !== cart.customerId;
    resumedFor.current = cart.customerId;
    void load(shopify, flow, cart, isFirstForCustomer);
  }, [flow, isOpenToUse, cart.customerId, cart.amount, cart.currency]);

  return { state, host, actions: actionsOf({ state, cart, flow, tell, shopify }) };
}

function readCart(shopify: Api): CartView {
  const subtotal = shopify.cost.subtotalAmount.value;
  return {
    amount: cartAmountText(subtotal.amount),
    currency: subtotal.currencyCode,
    customerId: shopify.buyerIdentity?.customer.value?.id ?? '',
  };
}

/** `isFirst`: also finishes an attempt of an earlier page load; later ones are in the hands of their own flow. */
async function load(shopify: Api, flow: Flow, cart: CartView, isFirst: boolean): Promise<void> {
  const { storage } = shopify;
  await flow.load(cart, isFirst ? await unfinishedAttempt(storage, cart.customerId, Date.now()) : null);
}

function createFlowOf(shopify: Api, origin: string, tell: Parameters<typeof createFlow>[0]['tell']): Flow {
  return createFlow({
    client: createClubClient({ origin, token: () => shopify.sessionToken.get() }),
    storage: shopify.storage,
    changeCode: async (type, code) => {
      try {
        return (await shopify.applyDiscountCodeChange({ type, code })).type === 'success';
      } catch {
        // The host rejects the call itself when the checkout no longer takes changes.
        return false;
      }
    },
    tell,
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    now: () => Date.now(),
  });
}

interface ActionParts {
  state: State;
  cart: CartView;
  flow: Flow;
  tell: Parameters<typeof createFlow>[0]['tell'];
  shopify: Api;
}

function actionsOf({ state, cart, flow, tell, shopify }: ActionParts): ClubActions {
  const open = state.step === 'ready' ? state.club.open : null;
  return {
    reload: () => {
      tell({ type: 'reloaded' });
      void load(shopify, flow, cart, true);
    },
    spend: (unit, units) => void flow.spend(cart, { unit, units: units.toString() }),
    takeReward: (rewardId) => void flow.spend(cart, { rewardId }),
    claimGift: (rewardId) => void flow.claim(cart, rewardId),
    askAgain: () => {
      if (state.step === 'unsure') void flow.askAgain(cart, state.attempt);
    },
    apply: () => {
      if (open) void flow.apply(open);
    },
    undo: () => {
      if (open) void flow.undo(open);
    },
    giveBack: () => {
      if (open) void flow.giveBack(open);
    },
  };
}
