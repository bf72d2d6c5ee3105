//! `--help` in Arabic. The English texts stand at the arguments.

use clap::{Arg, ArgAction, Command};
use header_inspector::Lang;

/// The page of help; clap's own words are in English otherwise.
const TEMPLATE: &str =
    "{about-with-newline}\nالاستعمال: \u{2068}{usage}\u{2069}\n\n{all-args}{after-help}";

const SUMMARY: &str = "يعرض ترويسات TCP في ملف التقاط، أو في بايتات مكتوبة بالأرقام الست عشرية.";

const ARGUMENTS: &[(&str, &str)] = &[
    (
        "input",
        "ملف التقاط (pcap أو pcapng، ولو كان مضغوطًا بـ gzip)، أو بايتات مطبوعة، أو «-»، أو أرقام ست عشرية",
    ),
    (
        "view",
        "طريقة العرض: diagram صورة RFC 9293 وفيها القيم، أو explain حقلًا حقلًا، أو line سطر لكل مقطع، أو ladder المحادثة كاملة، أو hex البايتات وحقولها، أو json كائن في كل سطر، أو html صفحة للمتصفح فيها ذلك كله باللغتين [المعتاد: ladder؛ ولمقطع واحد diagram وexplain]",
    ),
    ("frame", "اعرض هذا الإطار وحده، والعدّ من 1"),
    ("port", "اعرض المقاطع التي من هذا المنفذ أو إليه وحدها"),
    (
        "relative",
        "عُدّ الأرقام المتسلسلة من الرقم الابتدائي لكل طرف؛ وهذا ما يفعله ladder دائمًا",
    ),
    (
        "from",
        "ما الذي تبدأ به البايتات: ethernet أو ip أو null أو tcp؛ ويُخمَّن إن لم تقل",
    ),
    (
        "lang",
        "لغة ما يُطبع: en أو ar [المعتاد: en، أو قيمة LAB_LANG]",
    ),
];

const EXAMPLES: &str = "\
أمثلة، وفيها header-inspector بدلًا من cargo run -q -p header-inspector -- وsession.pcapng بدلًا من ملف في labs/header-inspector/captures:
  header-inspector session.pcapng
      محادثات ملف الالتقاط، كل منها سلّم
  header-inspector session.pcapng --frame 4 --view explain
      إطار واحد، حقلًا حقلًا
  header-inspector d382d903009b98bf00000000500200ff00000000
      ترويسة مرسومة ومشروحة، من أرقامها الست عشرية
  header-inspector session.pcapng --view html > session.html
      صفحة للمحاضرة: باللغتين، ولا تحتاج إلى الشبكة";

/// The command line with its help in this language.
pub fn in_language(command: Command, lang: Lang) -> Command {
    match lang {
        Lang::En => command,
        Lang::Ar => in_arabic(command),
    }
}

fn in_arabic(command: Command) -> Command {
    command
        .about(SUMMARY)
        .after_help(EXAMPLES)
        .help_template(TEMPLATE)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .args(flags())
        .mut_args(|argument| {
            let name = argument.get_id().to_string();
            let heading = match argument.is_positional() {
                true => "المعاملات",
                false => "الخيارات",
            };
            // Each text names the values itself.
            let has_values = argument.get_action().takes_values();
            let argument = argument.help_heading(heading);
            let argument = argument.hide_possible_values(has_values);
            match ARGUMENTS.iter().find(|(known, _)| *known == name) {
                Some((_, text)) => argument.help(*text),
                None => argument,
            }
        })
}

fn flags() -> [Arg; 2] {
    let help = Arg::new("help").short('h').long("help");
    let version = Arg::new("version").short('V').long("version");
    [
        help.action(ArgAction::Help).help("اعرض هذه الصفحة"),
        version.action(ArgAction::Version).help("اعرض رقم الإصدار"),
    ]
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::{ARGUMENTS, in_arabic};
    use crate::cli::Args;

    #[test]
    fn every_argument_has_its_arabic() {
        let command = Args::command();
        let mut names: Vec<&str> = command
            .get_arguments()
            .map(|it| it.get_id().as_str())
            .collect();
        let mut known: Vec<&str> = ARGUMENTS.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        known.sort_unstable();
        assert_eq!(names, known);
    }

    #[test]
    fn the_page_holds_no_english_headings() {
        let page = in_arabic(Args::command()).render_help().to_string();
        for heading in [
            "Usage:",
            "Arguments:",
            "Options:",
            "Print ",
            "Examples",
            "possible",
        ] {
            assert!(!page.contains(heading), "{page}");
        }
    }
}
