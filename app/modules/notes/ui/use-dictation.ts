import { useEffect, useReducer, useRef, useState } from 'react';
import type { Locale } from '#app/i18n/locales.ts';
import {
  afterEvent,
  isLasting,
  SILENT,
  type Dictation,
  type DictationTrouble,
  type SpeechPart,
} from '../rules/dictation.ts';

/** What the staff speak, as recognisers name it. */
const SPOKEN: Record<Locale, string> = { en: 'en-US', id: 'id-ID' };

export interface DictationControl {
  dictation: Dictation;
  /** False where the browser or the frame gives no microphone, and until that is known. */
  isAvailable: boolean;
  trouble: DictationTrouble | null;
  /** Begins to listen, or ends it. */
  press: () => void;
}

/** Turns speech into text by the browser's own recogniser; `onHeard` gets the words when the speaker is done. */
export function useDictation(locale: Locale, onHeard: (words: string) => void): DictationControl {
  const [dictation, dispatch] = useReducer(afterEvent, SILENT);
  const [obstacle, setObstacle] = useState<DictationTrouble | 'looking' | null>('looking');
  const recogniser = useRef<SpeechRecogniser | null>(null);
  const tell = useRef(onHeard);
  tell.current = onHeard;
  useEffect(() => {
    let isGone = false;
    void findObstacle().then((found) => isGone || setObstacle(found));
    return () => {
      isGone = true;
      recogniser.current?.abort();
    };
  }, []);
  const isDone = dictation.phase === 'off' && dictation.heard !== '';
  useEffect(() => {
    if (!isDone) return;
    tell.current(dictation.heard);
    dispatch({ type: 'taken' });
  }, [isDone, dictation.heard]);
  const trouble = dictation.trouble ?? (obstacle === 'looking' ? null : obstacle);
  const press = () => {
    if (dictation.phase !== 'off') return recogniser.current?.stop();
    const made = makeRecogniser();
    if (!made) return setObstacle('unsupported');
    recogniser.current = made;
    made.lang = SPOKEN[locale];
    made.continuous = true;
    made.interimResults = true;
    made.onstart = () => dispatch({ type: 'started' });
    made.onresult = ({ results }) => dispatch({ type: 'heard', parts: partsOf(results) });
    made.onerror = ({ error }) => dispatch({ type: 'failed', code: error });
    made.onend = () => dispatch({ type: 'ended' });
    dispatch({ type: 'pressed' });
    made.start();
  };
  return { dictation, isAvailable: obstacle === null && !isLasting(trouble), trouble, press };
}

function makeRecogniser(): SpeechRecogniser | null {
  const Recogniser = window.SpeechRecognition ?? window.webkitSpeechRecognition;
  return Recogniser ? new Recogniser() : null;
}

/** Why speaking cannot work here, as far as one can tell without asking for the microphone. */
async function findObstacle(): Promise<DictationTrouble | null> {
  if (!(window.SpeechRecognition ?? window.webkitSpeechRecognition)) return 'unsupported';
  if (document.featurePolicy?.allowsFeature('microphone') === false) return 'denied';
  try {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.some(({ kind }) => kind === 'audioinput') ? null : 'no_microphone';
  } catch {
    return 'denied';
  }
}

function partsOf(results: SpeechRecognitionResultList): SpeechPart[] {
  return Array.from(results, (result) => ({ text: result[0]?.transcript ?? '', isFinal: result.isFinal }));
}
