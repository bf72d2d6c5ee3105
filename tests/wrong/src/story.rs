//! A failure's story with everything taken out that differs from run to run.

/// Replaces ports, times, sizes of memory and the folders of this machine, and
/// leaves the handouts' headings out: they are no part of the checks.
pub fn masked(story: &str) -> String {
    // Whether a program is seen to be busy depends on how busy the machine is.
    let is_stable = |line: &&str| {
        let is_aside = line.contains(" kept the processor busy ") && !line.starts_with('✗');
        !line.starts_with("The handout:") && !is_aside
    };
    let mut lines: Vec<String> = story
        .lines()
        .filter(is_stable)
        .map(|line| masked_line(line.trim_end()))
        .collect();
    if let Some(title) = lines.first_mut() {
        let number = title.split([':', '—', ' ']).take(2).collect::<Vec<_>>();
        *title = number.join(" ");
    }
    lines.dedup_by(|next, line| next.is_empty() && line.is_empty());
    lines.join("\n")
}

/// Of a story that chance tells differently each time: who is judged, and what
/// was expected and seen, without what was quoted and counted.
pub fn shape(story: &str) -> String {
    stable_lines(story, without_quotes)
}

/// Of a story whose verdict, too, chance tells: who is judged, and where to look.
pub fn frame(story: &str) -> String {
    stable_lines(story, |_| "✗ …".to_string())
}

fn stable_lines(story: &str, verdict: impl Fn(&str) -> String) -> String {
    let is_stable = |line: &&str| line.starts_with(['T', '✗', 'W', 'A']);
    let lines = story
        .lines()
        .filter(is_stable)
        .map(|line| match line.starts_with('✗') {
            true => verdict(line),
            false => line.to_string(),
        });
    lines.collect::<Vec<_>>().join("\n\n")
}

fn without_quotes(line: &str) -> String {
    let parts = line.split('"').enumerate();
    let parts = parts.map(|(place, part)| match place % 2 {
        0 => part.replace(|it: char| it.is_ascii_digit(), "#"),
        _ => "\"…\"".to_string(),
    });
    parts.collect()
}

fn masked_line(line: &str) -> String {
    let words: Vec<String> = line.split(' ').map(masked_word).collect();
    let mut masked = words.join(" ");
    for unit in ["ms", "s", "KiB", "MiB", "bytes"] {
        masked = number_beside(&masked, unit, Side::Before);
    }
    for name in ["--port", "(os error"] {
        masked = number_beside(&masked, name, Side::After);
    }
    for end in ENDS {
        masked = masked.replace(end, "the connection CLOSED");
    }
    masked = masked.replace(
        "the connection CLOSED",
        "the connection was closed or reset",
    );
    masked = match masked.split_once("| thread '") {
        Some((before, _)) => format!("{before}| thread … panicked …"),
        None => masked,
    };
    masked = masked.replace(BUSY, "");
    match masked.split_once("but from byte ") {
        Some((before, _)) => format!("{before}but from byte … on other bytes came"),
        None => masked,
    }
}

/// Message of a program that was seen to be busy, on a machine that let it.
const BUSY: &str = " and kept the processor busy for … ms: a loop in it does not end";

/// Who writes to a connection that the other side has closed may see its end or
/// a reset, whichever comes first.
const ENDS: [&str; 3] = [
    "the connection was closed",
    "the connection broke: Connection reset by peer (os error …)",
    "the connection broke: Broken pipe (os error …)",
];

/// A path is cut to its last name, a port to `PORT`, a place to its file.
fn masked_word(word: &str) -> String {
    let word = match word.rsplit_once("target/wrong/job") {
        Some((_, rest)) => rest.rsplit('/').next().unwrap_or_default(),
        None => word,
    };
    let word = match word.split_once(".rs:") {
        Some((file, place)) => format!("{file}.rs{}", place.trim_start_matches(is_of_a_place)),
        None => word.to_string(),
    };
    match word.split_once("127.0.0.1:") {
        Some((before, port)) if port.starts_with(|it: char| it.is_ascii_digit()) => {
            let rest = port.trim_start_matches(|it: char| it.is_ascii_digit());
            format!("{before}127.0.0.1:PORT{rest}")
        }
        _ => word,
    }
}

/// `61:8` and `61,74` name lines, and the words after them do not matter.
fn is_of_a_place(character: char) -> bool {
    matches!(character, '0'..='9' | ':' | ',')
}

/// On which side of a word the number stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

/// `within 2 s` becomes `within … s`, and `--port 4711` becomes `--port …`.
fn number_beside(line: &str, name: &str, side: Side) -> String {
    let mut words: Vec<String> = line.split(' ').map(str::to_string).collect();
    let names: Vec<&str> = name.split(' ').collect();
    for place in 0..words.len() {
        let is_here = place + names.len() <= words.len()
            && names.iter().zip(&words[place..]).all(|(name, word)| {
                word == name || word.trim_end_matches([':', ',', '.', ')']) == *name
            });
        let other = match side {
            Side::Before => place.checked_sub(1),
            Side::After => Some(place + names.len()).filter(|it| *it < words.len()),
        };
        if let Some(number) = other.map(|other| &mut words[other]).filter(|_| is_here) {
            let bare = number.trim_matches(['(', ')', ',', '.', ';']).to_string();
            if bare.parse::<f64>().is_ok_and(|value| value != 0.0) {
                *number = number.replace(&bare, "…");
            }
        }
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn what_differs_from_run_to_run_is_taken_out() {
        let story = "Task 1.1: Listen\n   \
            1. the server was started: /a/target/wrong/job0/target/debug/x --port 4711\n   \
            2. amal is connected (127.0.0.1:4711)\n\
            ✗ nothing came within 2 s (it is open).\n\
            Where to look: solutions/main.rs:61 (TASK 1.1)";
        let expected = "Task 1.1\n   \
            1. the server was started: x --port …\n   \
            2. amal is connected (127.0.0.1:PORT)\n\
            ✗ nothing came within … s (it is open).\n\
            Where to look: solutions/main.rs (TASK 1.1)";
        assert_eq!(masked(story), expected);
    }
}
