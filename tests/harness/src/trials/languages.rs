//! The language of a run, and that its stories are in it.

use super::alone::alone;
use super::stage::{amal_who_gets_at_last, story_of};
use crate::language::{Language, apart, language, speak};
use crate::observation::Observation;
use crate::place::Task;
use crate::story::Story;

#[test]
fn english_unless_it_is_told_otherwise() {
    for name in ["", "en", "fr", "xar"] {
        let trial = "languages::english_unless_it_is_told_otherwise";
        alone(trial, &[("LAB_LANG", name)], || {
            assert!(language() == Language::English);
            assert_eq!(apart("amal"), "amal");
        });
    }
}

#[test]
fn arabic_where_it_is_asked_for() {
    for name in ["ar", "ar_EG.UTF-8"] {
        let trial = "languages::arabic_where_it_is_asked_for";
        alone(trial, &[("LAB_LANG", name)], || {
            assert!(language() == Language::Arabic);
            assert_eq!(apart("amal"), "\u{2068}amal\u{2069}");
        });
    }
}

#[test]
fn the_language_that_was_chosen_first_stays() {
    let trial = "languages::the_language_that_was_chosen_first_stays";
    alone(trial, &[("LAB_LANG", "ar")], || {
        speak(Language::English);
        speak(Language::Arabic);
        assert!(language() == Language::English);
    });
}

#[test]
fn a_story_is_told_in_arabic() {
    let trial = "languages::a_story_is_told_in_arabic";
    alone(trial, &[("LAB_LANG", "ar")], || {
        let task = Task::of("lab1", "lab1::task3_echo");
        let story = Story::new("lab1-solution", task);
        let told = story_of(|| story.fails("كان يجب".to_string(), Observation::Closed));
        assert!(told.starts_with("المهمة 1.3 — الصدى\n"), "{told}");
        assert!(told.contains("✗ كان يجب، لكن أُغلق الاتصال."), "{told}");
        assert!(told.contains("docs/ar/lab1.md"), "{told}");
    });
}

#[test]
fn a_peer_is_told_of_in_arabic() {
    let trial = "languages::a_peer_is_told_of_in_arabic";
    alone(trial, &[], || {
        speak(Language::Arabic);
        let told = story_of(|| amal_who_gets_at_last(b"").hears("hi"));
        assert!(told.contains("\u{2068}amal\u{2069} متصل ("), "{told}");
        assert!(
            told.contains("كان يجب أن يسمع \u{2068}amal\u{2069}"),
            "{told}"
        );
    });
}
