import type { StaffQuestion } from './staff-api.ts';

/** Preact's, given by the extension: what is shared depends on nothing. */
type UseState = <T>(initial: T) => readonly [T, (value: T) => void];

/** The question about an amount that few would mean, and its answer while it is typed. */
export function useMeaning(useState: UseState) {
  const [question, setQuestion] = useState<StaffQuestion | null>(null);
  const [typed, setTyped] = useState('');
  const [isWrong, setIsWrong] = useState(false);
  const type = (text: string) => {
    setTyped(text);
    setIsWrong(false);
  };
  return {
    question,
    typed,
    isWrong,
    type,
    /** Begins with a question; null once there is none. */
    ask(asked: StaffQuestion | null) {
      setQuestion(asked);
      type('');
    },
    /** Whether there is nothing to mean, or it was typed; says so where it was not. */
    check(): boolean {
      const isFine = question === null || isSame(question.number, typed);
      setIsWrong(!isFine);
      return isFine;
    },
  };
}

export type Meaning = ReturnType<typeof useMeaning>;

/** A field of the admin writes numbers with a point, whatever the language. */
const isSame = (number: string, typed: string) => typed.trim() !== '' && Number(typed) === Number(number);
