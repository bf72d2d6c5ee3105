//! The problems' sentences, in both languages.

use super::Code;
use crate::Lang;
use crate::lang::bytes_in_arabic;

impl Code {
    /// Says in one sentence what is odd.
    pub fn sentence(self, lang: Lang) -> String {
        match lang {
            Lang::En => self.english(),
            Lang::Ar => self.arabic(),
        }
    }

    fn english(self) -> String {
        match self {
            Code::IpLengthZero => "the IP header states length 0, as segmentation offload leaves it, so the captured length is used".into(),
            Code::IpLengthBeyond { total, there } => format!("the IP header states a length of {total}, found {there}"),
            Code::IpChecksum => "the IPv4 header's checksum is wrong".into(),
            Code::HeaderCut { found } => format!("a TCP header needs 20 bytes, found {found}"),
            Code::DataOffsetSmall { words } => format!("the data offset is {words}, but a header has at least 5 words, so nobody can tell where the data begins"),
            Code::DataOffsetBeyond { bytes, segment } => format!("the data offset makes the header {bytes} bytes long, but the segment has only {segment}"),
            Code::OptionsCut { needed, found } => format!("the header is {needed} bytes long, but the capture ends after {found}"),
            Code::OptionNoLength { kind } => format!("option {kind} has no length byte: the options end right after its kind"),
            Code::OptionLengthSmall { kind, length } => format!("option {kind} states length {length}, but kind and length alone take 2 bytes, so the options cannot be read further"),
            Code::OptionLengthBeyond { kind, length, left } => format!("option {kind} states length {length}, but the options end after {left}"),
            Code::OptionLengthWrong { kind, length, needed } => format!("option {kind} states length {length}, but needs {needed}"),
            Code::OptionOnlyInSyn { kind } => format!("option {kind} belongs in a SYN, and this is none"),
            Code::PaddingNotZero => "after the End of Option List only zeros may follow".into(),
            Code::WindowScaleBig { shift } => format!("a window scale of {shift} is above 14, the largest there is, and counts as 14"),
            Code::ReservedNotZero { bits } => format!("the reserved bits are {bits:03b}, but must be sent as zero"),
            Code::PortZero => "port 0 is reserved: no endpoint can have it".into(),
            Code::AckMissing => "neither SYN nor RST nor ACK is set: the receiver drops such a segment".into(),
            Code::SynAndFin => "SYN and FIN together would open and close a connection at once; scanners send this".into(),
            Code::SynAndRst => "SYN and RST together would open and abort a connection at once; scanners send this".into(),
            Code::ChecksumBad { found, right } => format!("the checksum is 0x{found:04x}, but the bytes make it 0x{right:04x}: they changed on the way, or the sender erred"),
        }
    }

    fn arabic(self) -> String {
        match self {
            Code::IpLengthZero => "تذكر ترويسة \u{2068}IP\u{2069} الطول \u{2068}0\u{2069}، كما يتركه تفويض التقطيع إلى بطاقة الشبكة، فيُستعمل الطول الملتقَط".into(),
            Code::IpLengthBeyond { total, there } => format!("تذكر ترويسة \u{2068}IP\u{2069} طولًا قدره {}، والموجود منها \u{2068}{there}\u{2069} فقط", bytes_in_arabic(total)),
            Code::IpChecksum => "المجموع الاختباري لترويسة \u{2068}IPv4\u{2069} خاطئ".into(),
            Code::HeaderCut { found } => format!("تحتاج ترويسة \u{2068}TCP\u{2069} إلى \u{2068}20\u{2069} بايتًا، والموجود منها \u{2068}{found}\u{2069} فقط"),
            Code::DataOffsetSmall { words } => format!("إزاحة البيانات \u{2068}{words}\u{2069}، وأقل ترويسة \u{2068}5\u{2069} كلمات، فلا يُعرف أين تبدأ البيانات"),
            Code::DataOffsetBeyond { bytes, segment } => format!("تجعل إزاحة البيانات طول الترويسة {}، وليس في المقطع إلا \u{2068}{segment}\u{2069}", bytes_in_arabic(bytes)),
            Code::OptionsCut { needed, found } => format!("طول الترويسة {}، ولم يُلتقط منها إلا \u{2068}{found}\u{2069}", bytes_in_arabic(needed)),
            Code::OptionNoLength { kind } => format!("ليس للخيار \u{2068}{kind}\u{2069} بايت طول: تنتهي الخيارات بعد نوعه مباشرة"),
            Code::OptionLengthSmall { kind, length } => format!("يذكر الخيار \u{2068}{kind}\u{2069} الطول \u{2068}{length}\u{2069}، والنوع والطول وحدهما يشغلان بايتين، فلا يمكن متابعة قراءة الخيارات"),
            Code::OptionLengthBeyond { kind, length, left } => format!("يذكر الخيار \u{2068}{kind}\u{2069} الطول \u{2068}{length}\u{2069}، والباقي من الخيارات {} فقط", bytes_in_arabic(left)),
            Code::OptionLengthWrong { kind, length, needed } => format!("يذكر الخيار \u{2068}{kind}\u{2069} الطول \u{2068}{length}\u{2069}، والصحيح \u{2068}{needed}\u{2069}"),
            Code::OptionOnlyInSyn { kind } => format!("مكان الخيار \u{2068}{kind}\u{2069} مقطع فيه \u{2068}SYN\u{2069}، وليس هذا كذلك"),
            Code::PaddingNotZero => "لا يجوز بعد نهاية قائمة الخيارات إلا أصفار".into(),
            Code::WindowScaleBig { shift } => format!("مقياس النافذة \u{2068}{shift}\u{2069} أكبر من \u{2068}14\u{2069}، وهو أكبر ما يجوز، فيُحسب \u{2068}14\u{2069}"),
            Code::ReservedNotZero { bits } => format!("البتات المحجوزة \u{2068}{bits:03b}\u{2069}، ويجب أن تُرسل أصفارًا"),
            Code::PortZero => "المنفذ \u{2068}0\u{2069} محجوز: لا يكون لنقطة نهاية".into(),
            Code::AckMissing => "ليس في المقطع \u{2068}SYN\u{2069} ولا \u{2068}RST\u{2069} ولا \u{2068}ACK\u{2069}: يهمله المستقبِل".into(),
            Code::SynAndFin => "اجتماع \u{2068}SYN\u{2069} و\u{2068}FIN\u{2069} يعني فتح اتصال وإغلاقه معًا؛ ترسله برامج فحص المنافذ".into(),
            Code::SynAndRst => "اجتماع \u{2068}SYN\u{2069} و\u{2068}RST\u{2069} يعني فتح اتصال وقطعه معًا؛ ترسله برامج فحص المنافذ".into(),
            Code::ChecksumBad { found, right } => format!("المجموع الاختباري \u{2068}0x{found:04x}\u{2069}، والبايتات تعطي \u{2068}0x{right:04x}\u{2069}: تغيرت في الطريق أو أخطأ المرسِل"),
        }
    }
}
