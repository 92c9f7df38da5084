import { useState } from 'react';

/**
 * State that begins as what is saved, and follows it while nobody has changed it: what the worker or a colleague saves
 * meanwhile is no change of this person's. Also whether it differs from what is saved; `keyOf` writes equal values alike.
 */
export function useFollowing<T>(
  saved: T,
  keyOf: (value: T) => string,
): { draft: T; setDraft: (draft: T) => void; isChanged: boolean } {
  const [draft, setDraft] = useState(saved);
  const savedKey = keyOf(saved);
  const [seenKey, setSeenKey] = useState(savedKey);
  const draftKey = keyOf(draft);
  if (seenKey !== savedKey) {
    setSeenKey(savedKey);
    if (draftKey === seenKey) setDraft(saved);
  }
  return { draft, setDraft, isChanged: draftKey !== savedKey };
}
