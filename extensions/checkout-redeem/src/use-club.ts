import type { Api } from '@shopify/ui-extensions/purchase.checkout.block.render';
import { useEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import type { ClubUnit } from '../../shared/club-api.ts';
import { findUnfinishedAttempt } from './attempt.ts';
import { type ClubClient, createClubClient, type JoinReply } from './club-client.ts';
import { type CartView, createFlow, type Flow, type FlowPorts } from './flow.ts';
import { cartAmountText } from '../../shared/money.ts';
import { type HostView, INITIAL_STATE, nextState, type State } from './state.ts';

/** What the shopper can do on the screens. */
export interface ClubActions {
  reload: () => void;
  spend: (unit: ClubUnit, units: bigint) => void;
  takeReward: (rewardId: string) => void;
  claimReward: (rewardId: string) => void;
  askAgain: () => void;
  apply: () => void;
  undo: () => void;
  giveBack: () => void;
  join: () => Promise<JoinReply>;
}

/** State of the block, what the host says, and the actions. Reads the host's signals, so it follows them. */
export function useClub(shopify: Api, origin: string) {
  const [state, dispatch] = useReducer(nextState, INITIAL_STATE);
  const cart = readCart(shopify);
  const host: HostView & { cartAmount: string } = {
    isSignedIn: cart.customerId !== '',
    canUpdateDiscountCodes: shopify.instructions.value.discounts.canUpdateDiscountCodes,
    codes: shopify.discountCodes.value.map(({ code }) => code),
    cartAmount: cart.amount,
  };
  const client = useMemo(
    () => createClubClient({ origin, token: () => shopify.sessionToken.get() }),
    [shopify, origin],
  );
  const flow = useMemo(() => createBlockFlow(shopify, client, dispatch), [shopify, client]);
  const isOpenToUse = host.isSignedIn && host.canUpdateDiscountCodes;
  const resumedFor = useRef('');

  // The club is read again when what can be spent changes: another customer, another cart.
  useEffect(() => {
    if (!isOpenToUse) return;
    const isFirstForCustomer = resumedFor.current !== cart.customerId;
    resumedFor.current = cart.customerId;
    void load(shopify, flow, cart, isFirstForCustomer);
  }, [flow, isOpenToUse, cart.customerId, cart.amount, cart.currency]);

  return { state, host, actions: createActions({ state, cart, client, flow, dispatch, shopify }) };
}

function readCart(shopify: Api): CartView {
  const subtotal = shopify.cost.subtotalAmount.value;
  return {
    amount: cartAmountText(subtotal.amount),
    currency: subtotal.currencyCode,
    customerId: shopify.buyerIdentity?.customer.value?.id ?? '',
  };
}

/** `isFirst`: also finishes an attempt of an earlier page load. */
async function load(shopify: Api, flow: Flow, cart: CartView, isFirst: boolean): Promise<void> {
  const { storage } = shopify;
  await flow.load(cart, isFirst ? await findUnfinishedAttempt(storage, cart.customerId, Date.now()) : null);
}

function createBlockFlow(shopify: Api, client: ClubClient, dispatch: FlowPorts['dispatch']): Flow {
  return createFlow({
    client,
    storage: shopify.storage,
    changeCode: async (type, code) => {
      try {
        return (await shopify.applyDiscountCodeChange({ type, code })).type === 'success';
      } catch {
        // The host rejects the call itself when the checkout no longer takes changes.
        return false;
      }
    },
    dispatch,
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    now: () => Date.now(),
  });
}

interface ActionParts {
  state: State;
  cart: CartView;
  client: ClubClient;
  flow: Flow;
  dispatch: FlowPorts['dispatch'];
  shopify: Api;
}

function createActions({ state, cart, client, flow, dispatch, shopify }: ActionParts): ClubActions {
  const open = state.step === 'ready' ? state.club.open : null;
  return {
    reload: () => {
      dispatch({ type: 'reloaded' });
      void load(shopify, flow, cart, true);
    },
    spend: (unit, units) => void flow.spend(cart, { kind: 'pay', unit, units: units.toString() }),
    takeReward: (rewardId) => void flow.spend(cart, { kind: 'reward', rewardId }),
    claimReward: (rewardId) => void flow.claim(cart, rewardId),
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
    join: () => client.join(),
  };
}
