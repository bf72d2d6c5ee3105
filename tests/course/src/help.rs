//! `cargo course --help` in Arabic. The English texts stand at the arguments.

use clap::{Arg, ArgAction, Command};
use harness::{Language, language};

/// The page of help; clap's own words are in English otherwise.
const TEMPLATE: &str =
    "{about-with-newline}\nالاستعمال: \u{2068}{usage}\u{2069}\n\n{all-args}{after-help}";

const SUMMARY: &str = "يرشدك في المختبرات. من غير أمر: أين وصلت، وما الخطوة التالية.";

const EXAMPLES: &str =
    "أمثلة:\n  cargo course\n  cargo course check 3.2\n  cargo course hint 3.2 --lang en";

const COMMANDS: &[(&str, &str)] = &[
    ("status", "أين وصلت، وما الخطوة التالية: كما من غير أمر"),
    (
        "check",
        "يشغّل اختبارات مختبر أو مهمة واحدة، ويروي قصة أول إخفاق",
    ),
    (
        "hint",
        "يعرض تلميحًا لمهمة: واحدًا كل مرة، وما بعده حين تسأل ثانية",
    ),
    ("reset", "يعيد ملفات البداية، ويحفظ عملك بجانبها"),
    ("watch", "يعيد الاختبار كلما حفظت"),
    ("run", "يشغّل خادم المختبر وعملاءه جنبًا إلى جنب"),
    ("demo", "ترى الغرفة الجاهزة حية، والمحادثة نفسها على الشبكة"),
    ("doctor", "ينظر هل في هذا الجهاز ما تحتاج إليه المختبرات"),
    ("grade", "للمدرّسين: تقويم صف كامل"),
    ("release", "للمدرّسين: إنشاء نسخة الطلاب، من غير الحلول"),
    (
        "tidy",
        "لمن يعتني بالمقرر: هل تتفق ملفات البداية والحلول والاختبارات والأدلة",
    ),
];

/// Each argument after its command; those of all commands alone.
const ARGUMENTS: &[(&str, &str)] = &[
    (
        "lang",
        "اللغة: en أو ar (وإلا فقيمة LAB_LANG، وإلا فلغة النظام إن كانت الطرفية تحسن عرض العربية)",
    ),
    (
        "check place",
        "lab3 أو 3 أو مهمة مثل 3.2؛ وحيث وصلت إن لم تذكر شيئًا",
    ),
    ("hint task", "مهمة مثل 3.2"),
    ("hint again", "ابدأ من أول تلميح"),
    ("reset lab", "lab3 أو 3"),
    ("watch place", "lab3 أو 3 أو مهمة مثل 3.2"),
    ("run lab", "lab3 أو 3"),
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
        "درجات المهام، على صورة tests/course/weights.toml",
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
    ("release unproven", "لا تبنِ ما أُنشئ ولا تختبره"),
    (
        "tidy copy_starters",
        "انسخ فقط ملفات البداية إلى حيث يأخذها reset",
    ),
];

/// The command line with its help in the language of this run.
pub fn in_our_language(command: Command) -> Command {
    match language() {
        Language::English => command,
        Language::Arabic => in_arabic(command.about(SUMMARY), ""),
    }
}

/// `name` is the command's, and empty for the whole.
fn in_arabic(command: Command, name: &str) -> Command {
    let is_whole = name.is_empty();
    let command = command
        .help_template(TEMPLATE)
        .subcommand_help_heading("الأوامر")
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .arg(help_flag())
        .mut_args(|argument| {
            let (heading, id) = (heading(&argument), key(name, argument.get_id().as_str()));
            let has_a_value = argument.get_action().takes_values();
            let argument = argument.help_heading(heading);
            // Each Arabic text names them itself.
            let argument = argument.hide_possible_values(has_a_value);
            match arabic(ARGUMENTS, &id) {
                Some(help) => argument.help(help),
                None => argument,
            }
        })
        .mut_subcommands(|command| {
            let name = command.get_name().to_string();
            match arabic(COMMANDS, &name) {
                Some(about) => in_arabic(command.about(about), &name),
                None => command,
            }
        });
    match is_whole {
        true => command.after_help(EXAMPLES),
        false => command,
    }
}

fn help_flag() -> Arg {
    let flag = Arg::new("help").short('h').long("help");
    flag.action(ArgAction::Help).help("اعرض هذه الصفحة")
}

fn heading(argument: &Arg) -> &'static str {
    match argument.is_positional() {
        true => "المعاملات",
        false => "الخيارات",
    }
}

fn key(command: &str, id: &str) -> String {
    match id {
        "lang" => id.to_string(),
        _ => format!("{command} {id}"),
    }
}

fn arabic(texts: &[(&'static str, &'static str)], key: &str) -> Option<&'static str> {
    let text = texts.iter().find(|(name, _)| *name == key);
    text.map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::{ARGUMENTS, COMMANDS, arabic, in_arabic, key};

    #[test]
    fn every_command_and_argument_has_its_arabic() {
        let whole = crate::Args::command();
        assert!(arabic(ARGUMENTS, "lang").is_some());
        for command in whole.get_subcommands() {
            let name = command.get_name();
            assert!(arabic(COMMANDS, name).is_some(), "{name}");
            for argument in command.get_arguments() {
                let key = key(name, argument.get_id().as_str());
                assert!(arabic(ARGUMENTS, &key).is_some(), "{key}");
            }
        }
    }

    #[test]
    fn nothing_is_translated_that_is_not_there() {
        let whole = crate::Args::command();
        for (key, _) in ARGUMENTS.iter().filter(|(key, _)| key.contains(' ')) {
            let (command, id) = key.split_once(' ').unwrap();
            let command = whole.find_subcommand(command).unwrap();
            assert!(command.get_arguments().any(|it| it.get_id() == id), "{key}");
        }
    }

    #[test]
    fn the_page_holds_no_english_headings() {
        let page = in_arabic(crate::Args::command(), "")
            .render_help()
            .to_string();
        for heading in ["Usage:", "Commands:", "Options:", "Print help", "Examples:"] {
            assert!(!page.contains(heading), "{page}");
        }
        assert!(page.contains("cargo course hint 3.2"), "{page}");
    }
}
