//! What is typed into a program.

use super::stage::{last_step, program};

#[test]
fn a_typed_line_comes_with_its_end() {
    let mut it = program("exec cat");
    it.types("hi");
    assert_eq!(last_step(&it.story), r#""hi\n" was typed into it"#);
    it.prints("hi");
}

#[test]
fn typed_bytes_come_as_they_are() {
    let mut it = program("exec cat");
    it.types_bytes(b"h");
    assert_eq!(last_step(&it.story), r#""h" was typed into it"#);
    it.shows("h");
    it.types_bytes(b"i\xff");
    it.closes_its_keyboard();
    it.said_in_all();
    assert_eq!(it.output_so_far(), b"hi\xff");
}

#[test]
fn the_end_of_input_is_reported() {
    let mut it = program("exec cat");
    it.closes_its_keyboard();
    let ended = "the input of it ended (Ctrl-D)";
    assert_eq!(last_step(&it.story), ended);
    it.exits_with(0);
    it.types("too late");
}

#[test]
fn one_that_does_not_read_its_keyboard_holds_nobody_up() {
    let mut it = program("echo ready; exec sleep 100");
    it.types_bytes(&vec![b'x'; 1 << 20]);
    it.prints("ready");
}
