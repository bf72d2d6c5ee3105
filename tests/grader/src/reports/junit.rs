//! JUnit's XML, which CI services show: a suite for each student, a case for
//! each task.

use std::fmt::Write;

use crate::mark::{LabMark, Mark, State, TaskMark};
use crate::reports::titles::Titles;

/// The whole class.
pub fn document(marks: &[Mark], titles: &Titles) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    for mark in marks {
        let tasks = || {
            mark.labs
                .iter()
                .flat_map(|lab| lab.tasks.iter().map(move |task| (lab, task)))
        };
        let count = |is: fn(&LabMark, &TaskMark) -> bool| {
            tasks().filter(|(lab, task)| is(lab, task)).count()
        };
        let (all, failed, skipped) = (tasks().count(), count(has_failed), count(is_skipped));
        let name = attribute(&mark.name);
        let _ = writeln!(
            xml,
            "  <testsuite name=\"{name}\" tests=\"{all}\" failures=\"{failed}\" errors=\"0\" skipped=\"{skipped}\">"
        );
        for (lab, task) in tasks() {
            case(&mut xml, mark, lab, task, titles);
        }
        xml.push_str("  </testsuite>\n");
    }
    xml.push_str("</testsuites>\n");
    xml
}

fn is_skipped(lab: &LabMark, _: &TaskMark) -> bool {
    lab.state == State::Untouched
}

fn has_failed(lab: &LabMark, task: &TaskMark) -> bool {
    !is_skipped(lab, task) && (lab.state != State::Judged || !task.failed.is_empty())
}

fn case(xml: &mut String, mark: &Mark, lab: &LabMark, task: &TaskMark, titles: &Titles) {
    let class = attribute(&format!("{}.lab{}", mark.stem, lab.lab));
    let name = attribute(&titles.task(lab.lab, task.task));
    let _ = write!(xml, "    <testcase classname=\"{class}\" name=\"{name}\"");
    if is_skipped(lab, task) {
        xml.push_str("><skipped/></testcase>\n");
    } else if has_failed(lab, task) {
        let (message, text) = match task.failed.first() {
            Some(check) => (check.as_str(), &task.story.en),
            None => ("it does not compile", &lab.message.en),
        };
        let (message, text) = (attribute(message), attribute(text));
        let _ = writeln!(
            xml,
            ">\n<failure message=\"{message}\">{text}</failure></testcase>"
        );
    } else {
        xml.push_str("/>\n");
    }
}

/// Text as XML takes it, in attributes and between tags: characters that XML
/// cannot hold, escaped or not, become the replacement character.
fn attribute(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\n' | '\t' => escaped.push(character),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::attribute;

    #[test]
    fn text_is_what_xml_can_hold() {
        assert_eq!(
            attribute("]]><a b='c'>&\u{1b}\u{ffff}"),
            "]]&gt;&lt;a b=&apos;c&apos;&gt;&amp;\u{fffd}\u{fffd}"
        );
    }
}
