import { SegmentedMessage } from 'sms-segments-calculator';
import { countParts } from '../app/modules/messaging/rules/count-parts.ts';
import { figure, type Figure } from './lib/figures.ts';

const ROUNDS = 20_000;
/** The other counter is slower by two orders. */
const OTHER_ROUNDS = 200;
const MICROSECONDS = 1_000;

const TEXTS: Record<string, string> = {
  'Latin, 1 part': 'Halo Budi, poin Anda 1.250. Tukarkan di toko kami sebelum 31 Desember. Balas STOP.',
  'Latin, 3 parts': 'Your points expire soon. Spend them in our shop before Sunday. '.repeat(6),
  'Thai, 2 parts': 'สวัสดีคุณสมชาย คุณมีแต้มสะสม 1,250 แต้ม ใช้ได้ถึง 31 ธ.ค. นี้ ตอบ ยกเลิก เพื่อหยุดรับข้อความ',
  'emoji, 4 parts': 'Happy birthday! 🎂👨‍👩‍👧‍👦 '.repeat(9),
};

/** Microseconds to count the parts of one text, beside the counter that Twilio publishes. */
export function benchCountParts(): Promise<Figure[]> {
  return Promise.resolve(
    Object.entries(TEXTS).map(([name, text]) => {
      const ours = measure(ROUNDS, () => countParts(text).parts);
      const other = measure(OTHER_ROUNDS, () => new SegmentedMessage(text).segmentsCount);
      return figure(
        { bench: 'count-parts', figure: `parts of a text: ${name}`, unit: 'us', target: '< 15 us' },
        ours,
        { value: other, name: 'sms-segments-calculator' },
      );
    }),
  );
}

function measure(rounds: number, count: () => number): number {
  let parts = 0;
  for (let warm = 0; warm < rounds / 10; warm += 1) parts += count();
  const start = performance.now();
  for (let round = 0; round < rounds; round += 1) parts += count();
  const elapsed = performance.now() - start;
  if (parts === 0) throw new Error('nothing was counted');
  return (elapsed / rounds) * MICROSECONDS;
}
