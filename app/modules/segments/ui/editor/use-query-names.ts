import { useEffect, useRef, useState } from 'react';
import { readJson } from '#app/components/read-json.ts';
import type { ChoicesAnswer } from '../../answers.ts';
import type { AskedName } from '../../query/values.ts';

/**
 * Looks up names that a text uses: values of that very name are learned, so that the text can be read again. True while
 * a look-up is under way.
 */
export function useQueryNames(
  asked: readonly AskedName[],
  learn: (source: string, value: string, label: string) => void,
): boolean {
  const known = useRef(new Set<string>());
  const tell = useRef(learn);
  tell.current = learn;
  const [running, setRunning] = useState(0);
  const open = asked.filter(({ source, text }) => !known.current.has(`${source}/${text}`));
  const key = JSON.stringify(open);
  useEffect(() => {
    if (open.length === 0) return;
    const look = async ({ source, text }: AskedName) => {
      known.current.add(`${source}/${text}`);
      const search = new URLSearchParams({ from: source, q: text });
      const answer = await readJson<ChoicesAnswer>(`/app/customers/choices?${search.toString()}`);
      // What couldn't be read is asked again when the text changes.
      if (!answer.ok) return known.current.delete(`${source}/${text}`);
      for (const { value, label } of answer.choices)
        if (label.toLowerCase() === text.toLowerCase()) tell.current(source, value, label);
    };
    const timer = setTimeout(() => {
      setRunning((before) => before + 1);
      void Promise.all(open.map(look)).finally(() => setRunning((before) => before - 1));
    }, LOOK_UP_DELAY_MS);
    return () => clearTimeout(timer);
    // `key` is what `open` holds.
  }, [key]);
  return running > 0;
}

const LOOK_UP_DELAY_MS = 300;
