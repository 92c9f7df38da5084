/** The words that head a column, in Indonesian, English, Thai and Persian. Written as people write them; compared folded. */
import { foldWord } from './fold-text.ts';
import { IMPORT_FIELDS, type ImportField } from './import-fields.ts';

const WORDS: Readonly<Record<ImportField, string>> = {
  customerId: 'Shopify ID|Shopify customer ID|ID Shopify|รหัส Shopify|شناسه Shopify',
  category:
    'kategori|kategori pelanggan|jenis pelanggan|tipe pelanggan|category|customer category|customer type|ประเภท|ประเภทลูกค้า|หมวดหมู่|กลุ่มลูกค้า|دسته|دسته بندی|دسته‌بندی|نوع مشتری|گروه مشتری',
  fullName:
    'nama|nama lengkap|nama pelanggan|nama customer|nama pembeli|nama penerima|name|full name|customer name|customer|contact name|client name|ชื่อ|ชื่อ-สกุล|ชื่อสกุล|ชื่อ-นามสกุล|ชื่อและนามสกุล|ชื่อลูกค้า|ชื่อเต็ม|نام|نام و نام خانوادگی|نام کامل|نام مشتری',
  firstName: 'nama depan|nama awal|first name|given name|forename|fname|ชื่อจริง|ชื่อต้น|نام کوچک|اسم',
  lastName:
    'nama belakang|nama akhir|nama keluarga|marga|last name|surname|family name|lname|นามสกุล|สกุล|نام خانوادگی|فامیلی|فامیل',
  gender: 'jenis kelamin|kelamin|jk|gender|sex|l/p|p/l|m/f|f/m|เพศ|جنسیت|جنس',
  phone:
    'hp|no hp|nomor hp|no. handphone|nomor handphone|handphone|telp|no telp|no. telepon|nomor telepon|telepon|nomor telp|ponsel|no ponsel|nomor ponsel|nomor seluler|no kontak|nomor kontak|phone|phone no|phone number|phone numbers|mobile|mobile no|mobile number|mobile phone|cell|cell phone|cellphone|telephone|telephone number|tel|tel no|contact number|contact no|เบอร์|เบอร์โทร|เบอร์โทรศัพท์|เบอร์มือถือ|เบอร์ติดต่อ|โทรศัพท์|หมายเลขโทรศัพท์|โทรศัพท์มือถือ|มือถือ|โทร|موبایل|شماره موبایل|تلفن|شماره تلفن|تلفن همراه|شماره همراه|همراه|شماره تماس|گوشی',
  email:
    'email|e-mail|alamat email|alamat e-mail|surel|email address|e-mail address|mail|email pelanggan|อีเมล|อีเมล์|ที่อยู่อีเมล|ایمیل|پست الکترونیک|پست الکترونیکی|آدرس ایمیل|رایانامه',
  country: 'negara|country|country code|kode negara|ประเทศ|کشور',
  province: 'provinsi|propinsi|prov|province|state|region|state/province|จังหวัด|استان',
  city: 'kota|kabupaten|kota/kabupaten|kab/kota|kab./kota|kota/kab|kabupaten/kota|kab|city|town|regency|city/regency|อำเภอ|เขต|อำเภอ/เขต|เมือง|شهر|شهرستان',
  district: 'kecamatan|kec|district|subdistrict|sub-district|ตำบล|แขวง|ตำบล/แขวง|بخش|منطقه|ناحیه',
  village:
    'kelurahan|kel|desa|kelurahan/desa|desa/kelurahan|kel/desa|desa/kel|nama kelurahan|nama desa|village|kelurahan (village)|urban village',
  postalCode: 'kode pos|kodepos|postal code|postcode|post code|zip|zip code|รหัสไปรษณีย์|ไปรษณีย์|کد پستی|کدپستی',
  street:
    'alamat|alamat lengkap|jalan|nama jalan|alamat rumah|alamat jalan|address|street|street address|address line 1|address 1|full address|home address|ที่อยู่|บ้านเลขที่|ที่อยู่จัดส่ง|ถนน|آدرس|نشانی|خیابان|آدرس کامل',
  instagram: 'instagram|ig|akun ig|akun instagram|อินสตาแกรม|ไอจี|اینستاگرام',
  facebook: 'facebook|fb|akun facebook|akun fb|เฟซบุ๊ก|เฟสบุ๊ค|เฟซบุ๊ค|فیسبوک|فیس بوک',
  tiktok: 'tiktok|tik tok|akun tiktok|ติ๊กต๊อก|ติ๊กตอก|تیک تاک',
  line: 'line|line id|id line|ไลน์|ไลน์ไอดี|ไอดีไลน์|لاین',
  whatsapp:
    'whatsapp|wa|no wa|nomor wa|no. whatsapp|nomor whatsapp|whatsapp number|วอตส์แอป|واتساپ|واتس اپ|شماره واتساپ',
  telegram: 'telegram|akun telegram|เทเลแกรม|تلگرام',
  x: 'x|twitter|x (twitter)|akun twitter|ทวิตเตอร์|توییتر|ایکس',
  birthDate:
    'tanggal lahir|tgl lahir|tgl. lahir|ttl|lahir|ulang tahun|tanggal ulang tahun|birth date|birthdate|date of birth|dob|birthday|born|วันเกิด|วันเดือนปีเกิด|ว/ด/ป เกิด|تاریخ تولد|تولد|روز تولد',
  weddingDate:
    'tanggal nikah|tanggal pernikahan|tgl nikah|tgl pernikahan|hari pernikahan|ulang tahun pernikahan|anniversary|wedding date|wedding anniversary|anniversary date|date of wedding|วันแต่งงาน|วันครบรอบแต่งงาน|วันครบรอบ|تاریخ ازدواج|سالگرد ازدواج|ازدواج',
  interests:
    'minat|hobi|ketertarikan|interest|interests|hobby|hobbies|ความสนใจ|งานอดิเรก|สิ่งที่สนใจ|علاقه مندی ها|علایق|علاقه‌مندی',
  housing:
    'tempat tinggal|jenis tempat tinggal|hunian|jenis hunian|tipe rumah|jenis rumah|housing|housing type|home type|residence type|ที่อยู่อาศัย|ประเภทที่อยู่อาศัย|ลักษณะที่อยู่อาศัย|نوع مسکن|مسکن|نوع خانه',
  weightGrams: 'berat|berat badan|bb|weight|body weight|น้ำหนัก|وزن',
  heightMm: 'tinggi|tinggi badan|tb|height|body height|ส่วนสูง|ความสูง|قد',
  nationalId:
    'nik|no ktp|nomor ktp|ktp|national id|id card|id card number|nric|เลขบัตรประชาชน|บัตรประชาชน|เลขประจำตัวประชาชน|کد ملی|شماره ملی|کدملی',
  smsConsent:
    'izin sms|persetujuan sms|setuju sms|langganan sms|terima sms|sms|sms consent|sms marketing|accepts sms marketing|sms opt-in|ยินยอม sms|รับ sms|รับข่าวสาร sms|رضایت پیامک|دریافت پیامک|پیامک',
  emailConsent:
    'izin email|persetujuan email|setuju email|langganan email|terima email|newsletter|email consent|email marketing|accepts email marketing|email opt-in|ยินยอมอีเมล|รับอีเมล|รับข่าวสารอีเมล|رضایت ایمیل|دریافت ایمیل|خبرنامه',
  tier: 'tingkat|tingkatan|level|tier|tier name|level member|membership tier|member level|ระดับ|ระดับสมาชิก|سطح|سطح عضویت',
  discountBp:
    'diskon|potongan|diskon pribadi|diskon khusus|persen diskon|discount|personal discount|discount percent|ส่วนลด|ส่วนลดส่วนตัว|تخفیف|درصد تخفیف|تخفیف شخصی',
  openingPoints:
    'poin|poin awal|saldo poin|jumlah poin|points|opening points|points balance|point balance|loyalty points|starting points|คะแนน|คะแนนเริ่มต้น|คะแนนสะสม|แต้ม|แต้มสะสม|امتیاز|امتیاز اولیه|امتیاز اول دوره',
  openingCredit:
    'saldo|saldo awal|kredit|kredit awal|saldo kredit|credit|opening credit|credit balance|store credit|opening balance|balance|เครดิต|เครดิตเริ่มต้น|ยอดเครดิต|ยอดยกมา|اعتبار|اعتبار اولیه|مانده اول دوره|موجودی',
  tags: 'tag|tags|label|label pelanggan|customer tags|แท็ก|ป้ายกำกับ|برچسب|برچسب‌ها',
  note: 'catatan|keterangan|notes|note|remark|remarks|comment|comments|memo|หมายเหตุ|บันทึก|โน้ต|یادداشت|توضیحات|توضیح',
};

/** Folded word -> field. A word stands for one field only. */
export const FIELD_OF_WORD: ReadonlyMap<string, ImportField> = new Map(
  IMPORT_FIELDS.flatMap((field) =>
    WORDS[field].split('|').map((word): [string, ImportField] => [foldWord(word), field]),
  ),
);
