/** The part of the Web Speech API that TypeScript's own library leaves out; Chrome and Safari prefix it. */
declare global {
  interface SpeechRecognitionResultEvent extends Event {
    readonly results: SpeechRecognitionResultList;
  }

  interface SpeechRecognitionFailureEvent extends Event {
    readonly error: string;
  }

  interface SpeechRecogniser {
    lang: string;
    continuous: boolean;
    interimResults: boolean;
    onstart: (() => void) | null;
    onresult: ((event: SpeechRecognitionResultEvent) => void) | null;
    onerror: ((event: SpeechRecognitionFailureEvent) => void) | null;
    onend: (() => void) | null;
    start(): void;
    stop(): void;
    abort(): void;
  }

  interface Window {
    SpeechRecognition?: new () => SpeechRecogniser;
    webkitSpeechRecognition?: new () => SpeechRecogniser;
  }

  interface Document {
    /** Chrome's: what the frame around us allows. */
    readonly featurePolicy?: { allowsFeature(feature: string): boolean };
  }
}

export {};
