//! One program disguised in every usual way, and an honest one for the same task.

use std::path::{Path, PathBuf};

use super::{Pair, pairs};
use crate::intake::Intake;
use crate::scratch::Scratch;

const PATH: &str = "labs/lab3/server/src/main.rs";

const ONE: &str = r#"
fn main() { let shop = Shop::open(4); shop.serve(); }
struct Shop { shelves: Vec<Shelf>, sold: u64 }
struct Shelf { name: String, left: u32 }
impl Shop {
    fn open(count: u32) -> Shop {
        let mut shelves = Vec::new();
        for number in 0..count {
            shelves.push(Shelf { name: format!("shelf {number}"), left: 10 });
        }
        Shop { shelves, sold: 0 }
    }
    fn serve(mut self) {
        let mut line = String::new();
        while std::io::stdin().read_line(&mut line).is_ok_and(|read| read > 0) {
            match self.sell(line.trim()) {
                Some(left) => println!("sold; {left} left"),
                None => eprintln!("there is none of {}", line.trim()),
            }
            line.clear();
        }
        println!("{} sold in all", self.sold);
    }
    fn sell(&mut self, name: &str) -> Option<u32> {
        let shelf = self.shelves.iter_mut().find(|shelf| shelf.name == name)?;
        shelf.left = shelf.left.checked_sub(1)?;
        self.sold += 1;
        Some(shelf.left)
    }
}
fn report(shop: &Shop) -> String {
    let mut text = String::new();
    for shelf in &shop.shelves {
        if shelf.left == 0 { text.push_str("empty: "); } else { text.push_str("left: "); }
        text.push_str(&shelf.name);
        text.push('\n');
    }
    text
}
"#;

/// The same task, thought of by somebody else.
const HONEST: &str = r#"
use std::collections::HashMap;
use std::io::{BufRead, stdin};
fn main() {
    let mut stock: HashMap<String, u32> = (0..4).map(|n| (format!("shelf {n}"), 10)).collect();
    let mut total = 0;
    for request in stdin().lock().lines() {
        let Ok(request) = request else { break };
        if let Some(count) = stock.get_mut(request.trim()) {
            if *count > 0 {
                *count -= 1;
                total += 1;
                println!("sold; {count} left");
                continue;
            }
        }
        eprintln!("there is none of {request}");
    }
    println!("{total} sold in all");
}
fn report(stock: &HashMap<String, u32>) -> String {
    let lines = stock.iter().map(|(name, count)| match count {
        0 => format!("empty: {name}\n"),
        _ => format!("left: {name}\n"),
    });
    lines.collect::<Vec<_>>().concat()
}
"#;

fn intake(text: &str) -> Intake {
    let mut intake = Intake::default();
    intake
        .files
        .insert(PATH.to_string(), text.as_bytes().to_vec());
    intake
}

fn compared(one: &str, other: &str, pristine: &Path) -> Vec<Pair> {
    pairs(&[intake(one), intake(other)], pristine).unwrap()
}

fn nothing_given() -> PathBuf {
    PathBuf::from("/nowhere")
}

fn renamed() -> String {
    let names = [
        ("shelves", "racks"),
        ("shelf", "rack"),
        ("Shelf", "Rack"),
        ("shop", "store"),
        ("Shop", "Store"),
        ("sold", "gone"),
        ("left", "rest"),
        ("line", "input"),
        ("sell", "take"),
        ("text", "out"),
        ("number", "i"),
        ("name", "label"),
    ];
    let mut text = ONE.to_string();
    for (from, to) in names {
        text = text.replace(from, to);
    }
    // What the standard library calls so cannot be renamed.
    text.replace("read_input", "read_line")
        .replace("printinput", "println")
}

#[test]
fn renamed_and_laid_out_anew_is_still_the_same() {
    let other = renamed()
        .replace('\n', " // noise\n\n")
        .replace("; ", ";\n   ");
    let found = compared(ONE, &other, &nothing_given());
    assert_eq!(found.len(), 1);
    assert!(found[0].share > 0.95, "{}", found[0].share);
    assert!(found[0].places[0].one.path == PATH);
}

#[test]
fn reordered_functions_are_found_at_their_places() {
    let start = ONE.find("    fn sell").unwrap();
    let end = ONE.find("fn report").unwrap() - 2;
    let sell = &ONE[start..end];
    let moved = ONE
        .replace(sell, "")
        .replace("    fn open", &format!("{sell}    fn open"));
    let found = compared(ONE, &moved, &nothing_given());
    assert!(found[0].share > 0.6, "{}", found[0].share);
    let line = ONE[..start].lines().count() + 1;
    let is_sell = |place: &super::Place| place.one.first <= line + 1 && place.one.last > line;
    assert!(found[0].places.iter().any(is_sell), "{:?}", found[0].places);
}

#[test]
fn an_honest_program_is_not_listed() {
    assert!(compared(ONE, HONEST, &nothing_given()).is_empty());
}

#[test]
fn what_was_given_does_not_count() {
    let tree = Scratch::new();
    tree.file(PATH, ONE);
    let own = |text: &str| format!("{ONE}\n{text}");
    let found = compared(
        &own("fn a() { b(1) }"),
        &own(&HONEST.replace("main", "other")),
        &tree,
    );
    assert!(found.is_empty());
}

#[test]
fn a_source_that_repeats_itself_is_compared_in_time() {
    let long = "x.y(z);\n".repeat(120_000);
    let began = std::time::Instant::now();
    compared(&long, &long, &nothing_given());
    assert!(began.elapsed().as_secs() < 20);
}
