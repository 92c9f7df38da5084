/** Spoken notes: what recognisers say, in the order in which they say it, and what becomes of the note. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afterEvent,
  SILENT,
  withSpeech,
  type DictationEvent,
  type SpeechPart,
} from '#app/modules/notes/rules/dictation.ts';

const sure = (text: string): SpeechPart => ({ text, isFinal: true });
const maybe = (text: string): SpeechPart => ({ text, isFinal: false });
const heard = (...parts: SpeechPart[]): DictationEvent => ({ type: 'heard', parts });
const failed = (code: string): DictationEvent => ({ type: 'failed', code });
const STARTED: DictationEvent[] = [{ type: 'pressed' }, { type: 'started' }];
const ENDED: DictationEvent = { type: 'ended' };
const after = (...events: DictationEvent[]) => events.reduce(afterEvent, SILENT);

describe('listening', () => {
  test('asks, listens, shows syllables, keeps sentences', () => {
    expect(after({ type: 'pressed' })).toMatchObject({ phase: 'asking', heard: '', trouble: null });
    expect(after(...STARTED, heard(maybe('suka')))).toMatchObject({ phase: 'listening', interim: 'suka' });
    expect(after(...STARTED, heard(sure('Suka batik.'), maybe(' ukuran')))).toMatchObject({
      heard: 'Suka batik.',
      interim: 'ukuran',
    });
    expect(after(...STARTED, heard(sure('Suka batik.'), sure(' Ukuran S.')))).toMatchObject({
      heard: 'Suka batik. Ukuran S.',
      interim: '',
    });
  });

  test("Android's repeated sentences count once", () => {
    const state = after(...STARTED, heard(sure('likes'), sure('likes red'), sure('Likes red shoes')));
    expect(state.heard).toBe('Likes red shoes');
  });

  test('an end keeps words that were not sure yet', () => {
    expect(after(...STARTED, heard(sure('likes'), maybe(' red')), ENDED)).toEqual({
      ...SILENT,
      heard: 'likes red',
    });
  });

  test('pressing again starts over', () => {
    expect(after(...STARTED, heard(sure('old')), failed('network'), ENDED, ...STARTED)).toMatchObject({
      phase: 'listening',
      heard: '',
      trouble: null,
    });
  });
});

test.each([
  ['not-allowed', 'denied'],
  ['service-not-allowed', 'denied'],
  ['audio-capture', 'no_microphone'],
  ['no-speech', 'no_speech'],
  ['network', 'network'],
  ['language-not-supported', 'language'],
  ['something-new', 'failed'],
  ['aborted', null],
])('%s is told as %s, and what was heard stays', (code, trouble) => {
  const state = after(...STARTED, heard(sure('likes red')), failed(code), ENDED);
  expect(state).toEqual({ phase: 'off', heard: 'likes red', interim: '', trouble });
});

describe('the note', () => {
  test.each([
    ['', 'likes red', 'likes red'],
    ['Size S.', 'likes red', 'Size S. likes red'],
    ['Size S.\n', 'likes red', 'Size S.\nlikes red'],
    ['Size S.', '', 'Size S.'],
  ])('%j and %j make %j', (note, speech, result) => {
    expect(withSpeech(note, speech, 100)).toBe(result);
  });

  test('typed text is never cut or changed by dictation', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(40), (note, speech, limit) => {
        const result = withSpeech(note, speech, limit);
        expect(result.startsWith(note)).toBe(true);
        expect(result.length).toBeLessThanOrEqual(Math.max(limit, note.length));
      }),
    );
  });
});
