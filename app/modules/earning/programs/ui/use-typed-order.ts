import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShop } from '#app/components/shop-context.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { parseMoneyInput, parseWholeInput } from '#app/lib/typed-number.ts';
import { firstClub } from '#app/modules/shops/rules/first-club.ts';
import type { PreviewProduct, TypedOrder } from '../typed-order.ts';
import type { ProgramScreenView } from '../program-screen.server.ts';

const EXAMPLE_STEPS = 3n;
const QUANTITY_MAX = 10_000;

/** The order typed into the preview, as text, and what it means; `order` is null while a figure is none. */
export interface TypedOrderState {
  amount: string;
  printed: string;
  isMember: boolean;
  categoryId: string;
  tierId: string;
  setAmount: (text: string) => void;
  setPrinted: (text: string) => void;
  setIsMember: (isMember: boolean) => void;
  setCategoryId: (id: string) => void;
  setTierId: (id: string) => void;
  quantityOf: (product: PreviewProduct) => string;
  setQuantity: (product: PreviewProduct, text: string) => void;
  isAmount: boolean;
  isPrinted: boolean;
  isQuantity: (product: PreviewProduct) => boolean;
  order: TypedOrder | null;
}

/** Begins with three steps of what a new club starts with, by a member of the category that customers have by default. */
export function useTypedOrder(view: ProgramScreenView): TypedOrderState {
  const { i18n } = useTranslation();
  const format = useFormat();
  const { currency } = useShop();
  const { categories, tiers } = view.choices;
  // Made once: an amount that changed with each letter of the rule would be no comparison.
  const [amount, setAmount] = useState(() =>
    format.moneyInput(firstClub(currency).stepMinor * EXAMPLE_STEPS),
  );
  const [printed, setPrinted] = useState('10');
  const [isMember, setIsMember] = useState(true);
  const [categoryId, setCategoryId] = useState(() =>
    String(categories.find(({ isDefault }) => isDefault)?.id ?? ''),
  );
  const [tierId, setTierId] = useState('');
  const [quantities, setQuantities] = useState<Readonly<Record<string, string>>>({});

  const amountMinor = parseMoneyInput(amount, currency, i18n.language);
  const printedPoints = readQuantity(printed, i18n.language);
  const typed = Object.entries(quantities).map(
    ([key, text]) => [key, readQuantity(text, i18n.language)] as const,
  );
  const isComplete = typed.every(([, quantity]) => quantity !== null);
  return {
    amount,
    printed,
    isMember,
    categoryId,
    tierId,
    setAmount,
    setPrinted,
    setIsMember,
    setCategoryId,
    setTierId,
    quantityOf: ({ key, quantity }) => quantities[key] ?? String(quantity),
    setQuantity: ({ key }, text) => setQuantities((current) => ({ ...current, [key]: text })),
    isAmount: amountMinor !== null,
    isPrinted: printedPoints !== null,
    isQuantity: ({ key }) => typed.every(([other, quantity]) => other !== key || quantity !== null),
    order:
      amountMinor === null || printedPoints === null || !isComplete
        ? null
        : {
            amountMinor,
            printedPoints: BigInt(printedPoints),
            quantities: new Map(typed.map(([key, quantity]) => [key, quantity ?? 0])),
            isMember,
            category: categories.find(({ id }) => String(id) === categoryId) ?? null,
            tier: tiers.find(({ id }) => String(id) === tierId) ?? null,
          },
  };
}

function readQuantity(text: string, locale: string): number | null {
  const value = parseWholeInput(text, locale);
  return value === null || value > BigInt(QUANTITY_MAX) ? null : Number(value);
}
