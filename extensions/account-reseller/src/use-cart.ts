import { useEffect, useRef, useState } from 'preact/hooks';
import type { CheckView } from '../../shared/reseller-api.ts';
import type { ResellerClient } from '../../shared/reseller-client.ts';

/** Typing pauses for this long before the cart is priced. */
const PAUSE_MS = 400;

export interface CartLine {
  variantId: string;
  quantity: number;
}

/** What was chosen, and what it costs. */
export interface ResellerCart {
  lines: readonly CartLine[];
  /** What the lines cost; null while that is asked, or could not be. */
  priced: CheckView | null;
  hasFailed: boolean;
  set: (variantId: string, quantity: number) => void;
  /** Adds quantities to those that are there. */
  add: (lines: readonly CartLine[]) => void;
  clear: () => void;
}

/** Holds the quantities of a reseller and prices them by the arithmetic of the checkout. */
export function useCart(client: ResellerClient): ResellerCart {
  const [quantities, setQuantities] = useState<ReadonlyMap<string, number>>(new Map());
  const [priced, setPriced] = useState<CheckView | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  const asked = useRef(0);
  const lines = [...quantities].map(([variantId, quantity]) => ({ variantId, quantity }));
  const latest = useRef(lines);
  latest.current = lines;
  const key = JSON.stringify(lines);
  useEffect(() => {
    const mine = ++asked.current;
    setHasFailed(false);
    setPriced(null);
    const wanted = latest.current;
    if (wanted.length === 0) return undefined;
    const timer = setTimeout(() => {
      void client.check(wanted).then((reply) => {
        if (mine !== asked.current) return;
        setPriced(reply.ok ? reply.body : null);
        setHasFailed(!reply.ok);
      });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [client, key]);
  const change = (changes: readonly CartLine[], isAdding: boolean) =>
    setQuantities((before) => {
      const next = new Map(before);
      for (const { variantId, quantity } of changes) {
        const wanted = (isAdding ? (next.get(variantId) ?? 0) : 0) + quantity;
        if (wanted > 0) next.set(variantId, wanted);
        else next.delete(variantId);
      }
      return next;
    });
  return {
    lines,
    priced,
    hasFailed,
    set: (variantId, quantity) => change([{ variantId, quantity }], false),
    add: (changes) => change(changes, true),
    clear: () => setQuantities(new Map()),
  };
}
