//! A handout is read as its writers shaped it, and a wrong shape is named.

use std::path::Path;

use handouts::{Handout, Language, Page, slug};

const ENGLISH: &str = include_str!("sample.en.md");
const ARABIC: &str = include_str!("sample.ar.md");

fn handout(language: Language, text: &str) -> anyhow::Result<Handout> {
    Handout::parse(Page::new(Path::new("lab3.md"), language, text))
}

#[test]
fn an_english_handout_gives_its_tasks_and_hints() {
    let lab = handout(Language::English, ENGLISH).unwrap();
    assert_eq!(lab.title(), "Lab 3: the room");
    let task = lab.task("3.1").unwrap();
    assert_eq!(task.title, "Many clients at once");
    assert_eq!(
        task.sentence,
        "Every client is served as long as it likes, however many there are: \
         each has a thread of its own (`thread::spawn`)."
    );
    assert_eq!(task.anchor, "task-31--many-clients-at-once");
    assert!(task.body.ends_with("- Check: `cargo test -p lab3 task1`"));
    assert!(task.hints[0].starts_with("Where does"));
    assert!(task.hints[2].starts_with("```rust"), "{}", task.hints[2]);
}

#[test]
fn an_arabic_handout_gives_its_tasks_and_hints() {
    let lab = handout(Language::Arabic, ARABIC).unwrap();
    assert_eq!(lab.title(), "المختبر 3: الغرفة");
    let task = &lab.tasks()[0];
    assert_eq!(
        (task.number.as_str(), task.title.as_str()),
        ("3.1", "عملاء كثيرون معًا")
    );
    assert_eq!(task.anchor, "المهمة-31--عملاء-كثيرون-معًا");
    assert!(task.hints[1].contains("`thread::spawn`"));
}

#[test]
fn a_missing_hint_is_named() {
    let text = ENGLISH.replace("<summary>Hint 3</summary>", "<summary>Hint 4</summary>");
    let error = handout(Language::English, &text).unwrap_err().to_string();
    assert_eq!(
        error,
        "lab3.md:31: needed a fold with the summary \"Hint 3\", found \"Hint 4\""
    );
}

#[test]
fn a_task_without_hints_is_named() {
    let text = ENGLISH.replace("### Hints for task 3.1", "### Hints for task 3.9");
    let error = handout(Language::English, &text).unwrap_err().to_string();
    assert_eq!(error, "lab3.md: no heading `### Hints for task 3.1`");
}

#[test]
fn anchors_are_those_of_github() {
    assert_eq!(slug("Task 3.2 — Joining"), "task-32--joining");
    assert_eq!(slug("What `read` gave, and why"), "what-read-gave-and-why");
    assert_eq!(slug("بثّ الرسائل: كيف؟"), "بثّ-الرسائل-كيف");
    assert_eq!(slug("snake_case & more"), "snake_case--more");
}
