/** Words that stand for a choice, in Indonesian, English, Thai and Persian. */
import { foldWord } from './fold-text.ts';

/** Folded word -> choice. */
export type Choices = ReadonlyMap<string, string>;

function choicesOf(words: Readonly<Record<string, string>>): Choices {
  return new Map(
    Object.entries(words).flatMap(([choice, list]) =>
      [choice, ...list.split('|')].map((word): [string, string] => [foldWord(word), choice]),
    ),
  );
}

export const GENDER_WORDS = choicesOf({
  female: 'wanita|perempuan|p|w|f|woman|girl|mrs|ms|ibu|หญิง|ญ|ผู้หญิง|เพศหญิง|زن|خانم|مونث|دختر',
  male: 'pria|laki-laki|laki laki|laki|lelaki|l|m|man|boy|mr|bapak|cowok|ชาย|ช|ผู้ชาย|เพศชาย|مرد|آقا|مذکر|پسر',
});

export const CONSENT_WORDS = choicesOf({
  subscribed:
    'ya|y|yes|true|1|setuju|berlangganan|langganan|aktif|opt-in|ใช่|ยินยอม|รับ|ตกลง|สมัคร|بله|بلی|آری|مشترک',
  unsubscribed:
    'tidak|tdk|t|no|n|false|0|tidak setuju|berhenti|berhenti berlangganan|opt-out|not subscribed|ไม่|ไม่ใช่|ไม่ยินยอม|ไม่รับ|ยกเลิก|خیر|نه|لغو',
});

export const HOUSING_WORDS = choicesOf({
  detached: 'rumah|rumah tunggal|rumah tinggal|house|detached house|บ้านเดี่ยว|บ้าน|خانه ویلایی|ویلایی',
  shophouse: 'ruko|shop house|ตึกแถว|อาคารพาณิชย์|مغازه مسکونی',
  townhouse: 'rumah deret|town house|terraced house|ทาวน์เฮาส์|ทาวน์โฮม|خانه شهری',
  flat: 'rumah susun|rumah susun atau apartemen|flat or apartment|rusun|apartemen|apartment|แฟลต|อพาร์ทเมนท์|آپارتمان',
  condo: 'kondominium|condominium|คอนโด|คอนโดมิเนียม|کاندومینیوم',
  coop_or_mobile:
    'koperasi|koperasi perumahan atau rumah bergerak|co-op or mobile home|mobile home|co-op|rumah mobil|สหกรณ์|บ้านเคลื่อนที่|خانه سیار',
});

/** The kinds of customers of this trade, by which shops mostly name their categories. */
const CATEGORY_WORDS = choicesOf({
  leads: 'lead|prospek|calon pelanggan|prospect|ผู้สนใจ|ลูกค้ามุ่งหวัง|سرنخ',
  customer:
    'pelanggan|member|anggota|สมาชิก|ลูกค้าทั่วไป|عضو|customers|konsumen|pembeli|retail|ลูกค้า|مشتری|مشتریان',
  reseller: 'resellers|pengecer|ตัวแทนจำหน่าย|รีเซลเลอร์|نماینده فروش',
  dropshipper: 'dropshiper|dropship|dropshippers|ดรอปชิป|دراپ شیپر',
  agent: 'agen|agents|ตัวแทน|นายหน้า|نماینده|عامل',
  distributor: 'distributors|penyalur|ผู้จัดจำหน่าย|ผู้กระจายสินค้า|توزیع کننده|توزیع‌کننده|پخش کننده',
});

/**
 * Returns the words by which rows name a shop's categories: each one's own name, and where its key or its name is a kind
 * of customer known here, all words of the kind.
 */
export function categoryChoices(
  categories: readonly { value: string; key: string; name: string }[],
): Choices {
  const choices = new Map<string, string>();
  for (const { value, key, name } of categories) {
    const kind = CATEGORY_WORDS.get(foldWord(key)) ?? CATEGORY_WORDS.get(foldWord(name));
    for (const [word, of] of CATEGORY_WORDS) if (of === kind && !choices.has(word)) choices.set(word, value);
  }
  for (const { value, name } of categories) choices.set(foldWord(name), value);
  return choices;
}

/** Words by which rows name things that have only a name. */
export function nameChoices(things: readonly { value: string; name: string }[]): Choices {
  return new Map(things.map(({ value, name }): [string, string] => [foldWord(name), value]));
}
