/** The words that people stop, start and ask for help with, in four languages. Each decision stores the version. */
import { normaliseText } from './normalise-text.ts';

/** Goes up with every change of a list below. */
export const WORDS_VERSION = '2026-11-29';

const words = (...lists: string[]): ReadonlySet<string> =>
  new Set(lists.flatMap((list) => list.split(',').map(normaliseText)));

/** English with Twilio's own words and the FCC's; then what people mistype; Indonesian, Thai, Persian. */
export const STOP_WORDS = words(
  'stop, stopall, stop all, unsubscribe, cancel, end, quit, revoke, optout, opt out, remove, remove me, arret, arrêt, 🛑',
  'stpo, stp, sotp, tsop, stopp, stpop, sto, st0p, unsuscribe, unsubcribe',
  'berhenti, henti, hentikan, setop, unreg, unsub, off, berhenti langganan, stop langganan, hapus nomor saya',
  'ยกเลิก, หยุด, เลิก, หยุดส่ง, เลิกส่ง, ไม่รับ, ไม่รับข่าวสาร, ยกเลิกการรับข่าวสาร, ยกเลิกรับข่าวสาร, ยกเลิกรับข้อความ, ยกเลิกสมาชิก, ยกเลิก sms',
  'لغو, لغو۱۱, لغو ۱۱, انصراف, توقف, قطع, حذف, لغو اشتراک, لغو عضویت, لغو پیامک, قطع پیامک',
);

export const START_WORDS = words(
  'start, unstop, subscribe',
  'mulai, aktifkan, reg',
  'เริ่ม, สมัคร, รับข่าวสาร',
  'شروع, فعال, عضویت',
);

/** Starts a number that was stopped, and nothing else. */
export const YES_WORDS = words('yes');

export const HELP_WORDS = words('help, info', 'bantuan, tolong', 'ช่วยเหลือ, ช่วยด้วย, วิธีใช้', 'راهنما, کمک');

/** Anywhere in a text these refuse. */
export const REFUSALS = words(
  "do not text, do not message, don't text, don't message, dont text, dont message, remove me, take me off",
  'stop texting, stop sending, stop messaging, no more, wrong number, leave me alone',
  'jangan kirim, jangan sms, jangan wa, jangan hubungi, tidak mau, ga mau, gak mau, nggak mau, salah nomor',
  'ไม่ต้องส่ง, อย่าส่ง, เลิกส่งมา, ไม่อยากรับ',
  'نفرست, نفرستید, پیام نده, ارسال نکن, ارسال نکنید, مزاحم',
);

/** In the United States and Canada a stop word counts wherever it is (47 CFR 64.1200(a)(10)). */
export const ANYWHERE_WORDS = words('stop, unsubscribe, revoke, opt out');

/** Cut from both ends of a text before it is compared. */
export const POLITE_WORDS = words(
  'please, pls, plz, thanks, thx',
  'tolong, mohon, ya, dong, deh, kak, min, gan, sis, makasih',
  'لطفا, ممنون, مرسی',
);

/** Thai writes them without blanks. */
export const THAI_PREFIXES = [...words('ขอ, กรุณา, ช่วย')];
export const THAI_SUFFIXES = [...words('ครับ, คับ, ค่ะ, คะ, นะ, จ้า, หน่อย')];
