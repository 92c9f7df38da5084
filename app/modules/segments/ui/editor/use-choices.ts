import { useEffect, useState } from 'react';
import { readJson } from '#app/components/read-json.ts';
import type { ChoicesAnswer } from '../../answers.ts';

const SEARCH_DELAY_MS = 200;

interface FoundChoices {
  choices: ChoicesAnswer['choices'];
  state: 'loading' | 'ready' | 'failed';
}

/** The values of a source that contain what is typed; none without a source. */
export function useChoices(source: string | null, typed: string): FoundChoices {
  const [found, setFound] = useState<FoundChoices>({ choices: [], state: 'loading' });
  useEffect(() => {
    if (source === null) return undefined;
    const controller = new AbortController();
    const read = async () => {
      const search = new URLSearchParams({ from: source, q: typed.trim() });
      const answer = await readJson<ChoicesAnswer>(
        `/app/customers/choices?${search.toString()}`,
        controller.signal,
      );
      if (controller.signal.aborted) return;
      setFound((before) =>
        answer.ok ? { choices: answer.choices, state: 'ready' } : { ...before, state: 'failed' },
      );
    };
    const timer = setTimeout(() => void read(), typed === '' ? 0 : SEARCH_DELAY_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [source, typed]);
  return found;
}
