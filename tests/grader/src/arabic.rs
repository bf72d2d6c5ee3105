//! The Arabic texts of the grader's `--help`.

use course::help::Texts;

pub const TEXTS: Texts = Texts {
    summary: "للمدرّسين: يقوّم صفًّا كاملًا، وينشئ نسخة الطلاب.",
    examples: "أمثلة:\n  cargo course grade submissions --out results\n  cargo course release --labs 1,2 --out week1 --zip",
    commands: &[
        ("grade", "للمدرّسين: تقويم صف كامل"),
        ("release", "للمدرّسين: إنشاء نسخة الطلاب، من غير الحلول"),
        (
            "tidy",
            "لمن يعتني بالمقرر: هل تتفق ملفات البداية والحلول والاختبارات والأدلة",
        ),
    ],
    arguments: &[
        (
            "lang",
            "اللغة: en أو ar (وإلا فقيمة LAB_LANG، وإلا فلغة النظام إن كانت الطرفية تحسن عرض العربية)",
        ),
        (
            "grade submissions",
            "مجلد التسليمات: لكل طالب مجلد أو ملف ‎.zip أو ‎.tar.gz",
        ),
        (
            "grade out",
            "مجلد النتائج؛ والتقويم الذي انقطع يكمل مما فيه",
        ),
        ("grade jobs", "عدد التسليمات التي تُقوَّم في وقت واحد"),
        (
            "grade weights",
            "درجات المهام، على صورة tests/grader/weights.toml",
        ),
        (
            "grade without_sandbox",
            "قوّم وإن لم يكن ما يحجب برامج الطلاب عن ملفات هذا الجهاز وشبكته",
        ),
        (
            "release labs",
            "المختبرات المطلوبة مثل 1,2؛ كلها إن لم تذكرها",
        ),
        ("release out", "المجلد المراد إنشاؤه؛ ويجب ألا يكون موجودًا"),
        ("release zip", "أنشئ الملف OUT.zip أيضًا"),
        ("release with_grader", "أبقِ المقيّم فيها، لخدمة تقييم"),
        ("release unproven", "لا تبنِ ما أُنشئ ولا تختبره"),
        (
            "tidy copy_starters",
            "انسخ فقط ملفات البداية إلى حيث يأخذها reset",
        ),
    ],
};
