//! The protocol's rules: each is judged by a check and broken by a mistake, and no
//! check of labs 1 to 4 judges something that is no rule.

use std::fs;

use harness::root;
use wrong_programs::rules::rules;

#[test]
fn each_rule_has_a_check_and_a_mistake_that_breaks_it() {
    let rules = rules().expect("every check names rules of the page");
    assert!(rules.len() > 30, "the page has {} rules", rules.len());
    let numbers: Vec<u32> = rules.keys().copied().collect();
    let all: Vec<u32> = (1..=rules.len() as u32).collect();
    assert_eq!(numbers, all, "a number is missing");
    for (number, rule) in rules {
        assert!(!rule.checks.is_empty(), "R{number} has no check");
        assert!(!rule.mistakes.is_empty(), "R{number} has no mistake");
    }
}

#[test]
fn each_check_of_the_chat_names_a_rule() {
    for lab in 1..=4 {
        let source = fs::read_to_string(root().join(format!("tests/lab{lab}.rs")));
        let source = source.expect("the lab has checks");
        let lines: Vec<&str> = source.lines().map(str::trim).collect();
        for pair in lines.windows(3).filter(|pair| pair[1] == "#[test]") {
            assert!(pair[0].starts_with("// R"), "lab{lab}: {}", pair[2]);
        }
    }
}

#[test]
fn both_languages_have_the_same_rules_in_the_same_order() {
    let numbers = |path: &str, start: &str| -> Vec<u32> {
        let page = fs::read_to_string(root().join(path)).expect("the page is there");
        let rule = |line: &str| line.strip_prefix(start)?.split_once("**")?.0.parse().ok();
        page.lines().filter_map(rule).collect()
    };
    let english = numbers("docs/en/protocol.md", "- **R");
    assert_eq!(english, numbers("docs/ar/protocol.md", "- **القاعدة R"));
    assert!(english.is_sorted());
}
