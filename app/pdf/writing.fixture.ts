/** How people write their names: every reader must give each of these back exactly as it was typed. */
export const writingSamples: readonly (readonly [string, string])[] = [
  ["Latin, sequences of DIN 91379", "M̂aria d̂o Č̣aṣ̄ Ž̧ana ž̦ ụ̈ J̌oan"],
  ["Vietnamese", "Nguyễn Thị Hoài Phương, Đặng Văn Ước"],
  ["Vietnamese, marks typed apart", "Nguyễn Thị Phượng".normalize("NFD")],
  ["Turkish", "İbrahim Şükrü Çağlayan, Iğdır"],
  ["Ukrainian", "Київ, Ґалаґан, Єва Їжакевич"],
  ["Russian", "Екатеринбург, Щёлково, Подъячев"],
  ["Serbian", "Ђорђе Његош, Љиљана Џунић, Ћоровић"],
  ["Greek", "Γεώργιος Παπαδόπουλος, ᾍδης"],
  ["Arabic", "محمد بن عبد الله الأحمد"],
  ["Arabic with vowels", "مُحَمَّدٌ بْنُ عَبْدِ اللهِ لَا إِلَٰه"],
  ["Persian with a joiner", "علی رضایی می\u200cخواهم پژوهش گچ"],
  ["Urdu", "محمد ٹیپو بڑے ہیں ڈاکٹر گھر"],
  ["Kurdish, Sorani", "ئارام محەمەد ڕێژین کوردستان ڤیان"],
  ["Hebrew", "דוד בן גוריון"],
  ["Hebrew with points", "שָׁלוֹם בֶּן־גֻּרְיוֹן מֹשֶׁה"],
  ["Hindi", "श्रीकृष्ण त्रिपाठी शक्ति हिन्दी लक्ष्मी"],
  ["Nepali", "काठमाडौँ, ज्ञानेन्द्र श्रेष्ठ, द्विवेदी किर्ति"],
  ["Georgian", "გიორგი ბერიძე, თბილისი"],
  ["Armenian", "Հայկ Հովհաննիսյան, Երևան"],
  ["Amharic", "አበበ ቢቂላ፣ አዲስ አበባ"],
  ["Tigrinya", "ተስፋይ ገብረ፣ ኣስመራ ቋንቋ"],
  ["Thai", "สมชาย น้ำใจดี กรุงเทพฯ ที่ปรึกษา เกี๊ยว"],
  ["Chinese, simplified", "王小明，北京市海淀区"],
  ["Chinese, traditional", "陳龍憑、臺灣體育"],
  ["Japanese", "山田太郎 やまだ・たろう ヤマダ佐々木"],
  ["Korean", "김민수 서울특별시 힣똠"],
  ["Korean, letters typed apart", "김민수".normalize("NFD")],
  ["digits and Latin", "Nr. 0123456789, 12.05.1990"],
];

/** Lines of both directions: each reader has rules of its own for them, so only pdf.js is held to the typed order. */
export const mixedSamples: readonly (readonly [string, string])[] = [
  ["German with Persian and Chinese", "Herr علی رضایی (王明) aus Teheran, 12.05.1990"],
  ["Arabic with both kinds of its digits", "هاتف ٠١٢٣٤٥٦٧٨٩ و۰۱۲۳۴"],
];
