/** What a person is answered who stops, starts again or asks for help, where Twilio has not answered. No marketing. */

export const ANSWERS = ['stop', 'start', 'help'] as const;
export type Answer = (typeof ANSWERS)[number];

type AnswerLanguage = 'en' | 'id' | 'th' | 'fa';

const TEXTS: Record<AnswerLanguage, Record<Answer, string>> = {
  en: {
    stop: '{{shop}}: You won’t get any more texts from us. Reply START to get them again.',
    start: '{{shop}}: You get our texts again. Reply STOP to stop them.',
    help: '{{shop}}: Reply STOP to get no more texts, or contact our store.',
  },
  id: {
    stop: '{{shop}}: Anda tidak akan menerima SMS dari kami lagi. Balas MULAI untuk menerimanya kembali.',
    start: '{{shop}}: Anda menerima SMS dari kami lagi. Balas BERHENTI untuk menghentikannya.',
    help: '{{shop}}: Balas BERHENTI untuk berhenti menerima SMS, atau hubungi toko kami.',
  },
  th: {
    stop: '{{shop}}: คุณจะไม่ได้รับข้อความจากเราอีก ตอบ เริ่ม เพื่อรับอีกครั้ง',
    start: '{{shop}}: คุณจะได้รับข้อความจากเราอีกครั้ง ตอบ ยกเลิก เพื่อหยุดรับ',
    help: '{{shop}}: ตอบ ยกเลิก เพื่อหยุดรับข้อความ หรือติดต่อร้านของเรา',
  },
  fa: {
    stop: '{{shop}}: دیگر پیامکی از ما نمی‌گیرید. برای شروع دوباره «شروع» بفرستید.',
    start: '{{shop}}: دوباره پیامک‌های ما را می‌گیرید. برای توقف «لغو» بفرستید.',
    help: '{{shop}}: برای توقف پیامک‌ها «لغو» بفرستید یا با فروشگاه تماس بگیرید.',
  },
};

const THAI = /[\u0E00-\u0E7F]/;
const ARABIC = /[\u0600-\u06FF]/;

/** In the script that they wrote in; Latin letters are Indonesian from a number of Indonesia. */
export function answerText(
  answer: Answer,
  { shop, text, country }: { shop: string; text: string; country: string | null },
): string {
  const language = THAI.test(text) ? 'th' : ARABIC.test(text) ? 'fa' : country === 'ID' ? 'id' : 'en';
  return TEXTS[language][answer].replace('{{shop}}', shop);
}

/** What is to be answered to a text; null for nothing. A second stop is obeyed in silence. */
export function answerTo(
  decision: { intent: string; suppresses: boolean; isAnswered: boolean },
  wasSuppressed: boolean,
): Answer | null {
  if (decision.isAnswered) return null;
  if (decision.suppresses) return wasSuppressed ? null : 'stop';
  if (decision.intent === 'start') return wasSuppressed ? 'start' : null;
  return decision.intent === 'help' ? 'help' : null;
}
