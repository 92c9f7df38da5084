import { useEffect, useState } from 'react';

/** Beside the name, which is always there. */
export const COLUMNS = ['lastOrder', 'city', 'phone', 'category', 'orders', 'sales', 'balance'] as const;
export type Column = (typeof COLUMNS)[number];

const STORAGE_KEY = 'setia.customers.hidden-columns';

/** Browsers that keep nothing for a frame throw; then the choice lasts as long as the screen. */
function readHidden(): Column[] {
  try {
    const hidden: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '[]');
    return Array.isArray(hidden) ? COLUMNS.filter((column) => hidden.includes(column)) : [];
  } catch {
    return [];
  }
}

function keepHidden(hidden: readonly Column[]): void {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(hidden));
  } catch {
    // See readHidden.
  }
}

/** The columns that this member of staff wants to see, kept by their browser. */
export function useColumns(): { shown: Column[]; choose: (columns: readonly string[]) => void } {
  const [hidden, setHidden] = useState<readonly Column[]>([]);
  // After the first rendering, which must be the server's.
  useEffect(() => setHidden(readHidden()), []);
  return {
    shown: COLUMNS.filter((column) => !hidden.includes(column)),
    choose(columns) {
      const next = COLUMNS.filter((column) => !columns.includes(column));
      setHidden(next);
      keepHidden(next);
    },
  };
}
