/** A speech recogniser's events, as a state that a screen can show. */

/** Why dictation does not work; each has a text `notes.dictation.<trouble>`. */
export type DictationTrouble =
  'unsupported' | 'no_microphone' | 'denied' | 'no_speech' | 'network' | 'language' | 'failed';

export interface Dictation {
  /** `asking`: the browser asks whether it may listen, or gets the microphone ready. */
  phase: 'off' | 'asking' | 'listening';
  /** What was understood for sure since the microphone was pressed. */
  heard: string;
  /** The words in progress: they change with every syllable. */
  interim: string;
  trouble: DictationTrouble | null;
}

export const SILENT: Dictation = { phase: 'off', heard: '', interim: '', trouble: null };

/** One stretch of speech; the recogniser repeats all of them with each event. */
export interface SpeechPart {
  text: string;
  isFinal: boolean;
}

export type DictationEvent =
  | { type: 'pressed' }
  | { type: 'started' }
  | { type: 'heard'; parts: readonly SpeechPart[] }
  /** `code` as the Web Speech API names it. */
  | { type: 'failed'; code: string }
  | { type: 'ended' }
  /** The recognised text is in the note now. */
  | { type: 'taken' };

/** What the API's error codes mean to the user. */
const TROUBLES = new Map<string, DictationTrouble>([
  ['not-allowed', 'denied'],
  ['service-not-allowed', 'denied'],
  ['audio-capture', 'no_microphone'],
  ['no-speech', 'no_speech'],
  ['network', 'network'],
  ['language-not-supported', 'language'],
]);

const LASTING = new Set<DictationTrouble>(['unsupported', 'no_microphone', 'denied', 'language']);

/** Returns the state after an event. Recognised text is never lost: an end or a failure keeps the last words, final or not. */
export function afterEvent(state: Dictation, event: DictationEvent): Dictation {
  switch (event.type) {
    case 'pressed':
      return { ...SILENT, phase: 'asking' };
    case 'started':
      return { ...state, phase: 'listening' };
    case 'heard':
      return { ...state, heard: finalText(event.parts), interim: interimText(event.parts) };
    case 'failed':
      // Pressing the button again aborts: no error.
      return event.code === 'aborted' ? state : { ...state, trouble: TROUBLES.get(event.code) ?? 'failed' };
    case 'ended':
      return { ...state, phase: 'off', heard: joinWords(state.heard, state.interim), interim: '' };
    case 'taken':
      return { ...state, heard: '' };
  }
}

function finalText(parts: readonly SpeechPart[]): string {
  return parts.filter(({ isFinal }) => isFinal).reduce((text, part) => joinFinal(text, part.text), '');
}

/** Android's Chrome repeats the whole sentence in each final part; others give the next stretch. */
function joinFinal(text: string, part: string): string {
  const isRepeated = text !== '' && part.trim().toLowerCase().startsWith(text.toLowerCase());
  return isRepeated ? part.trim() : joinWords(text, part);
}

function interimText(parts: readonly SpeechPart[]): string {
  return parts.filter(({ isFinal }) => !isFinal).reduce((text, part) => joinWords(text, part.text), '');
}

/** Two stretches of speech with one space between them. */
function joinWords(first: string, second: string): string {
  return [first.trim(), second.trim()].filter((text) => text !== '').join(' ');
}

/** Returns everything recognised, words that are not final included. */
export function saidSoFar({ heard, interim }: Dictation): string {
  return joinWords(heard, interim);
}

/** Whether trying again is of no use before something about the browser changes. */
export function isLasting(trouble: DictationTrouble | null): boolean {
  return trouble !== null && LASTING.has(trouble);
}

/** Returns a note with the text appended to its last line, up to `charactersMax`. */
export function withSpeech(note: string, speech: string, charactersMax: number): string {
  if (speech === '') return note;
  const gap = note === '' || /\s$/.test(note) ? '' : ' ';
  return `${note}${gap}${speech}`.slice(0, Math.max(charactersMax, note.length));
}
