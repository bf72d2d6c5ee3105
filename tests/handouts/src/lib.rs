//! Reads the course's pages (`docs/en`, `docs/ar`) and keeps the two languages
//! in step. `cargo course` takes titles, tasks and hints from here, so no second
//! copy of them exists.
//!
//! # The shape of a lab handout
//!
//! `docs/en/lab3.md` and `docs/ar/lab3.md`; what a task is and what its hints are
//! is read from these headings and folds, and from nothing else:
//!
//! ```markdown
//! # Lab 3: the room
//!
//! ## Tasks
//!
//! ### Task 3.2 — Joining
//!
//! The first paragraph is the task's sentence: what must hold.
//!
//! Whatever follows (file to edit, check to run) belongs to the task too.
//!
//! ## Hints
//!
//! ### Hints for task 3.2
//!
//! <details>
//! <summary>Hint 1</summary>
//!
//! A question.
//!
//! </details>
//!
//! <details>
//! <summary>Hint 2</summary>
//!
//! The name of the tool.
//!
//! </details>
//!
//! <details>
//! <summary>Hint 3</summary>
//!
//! The shape of the code, with one gap.
//!
//! </details>
//!
//! ## Check yourself
//!
//! 1. Why does …?
//!
//! <details>
//! <summary>Answer 1</summary>
//!
//! Because …
//!
//! </details>
//! ```
//!
//! | | English | Arabic |
//! |---|---|---|
//! | task | `### Task 3.2 — Joining` | `### المهمة 3.2 — الانضمام` |
//! | hints | `## Hints`, `### Hints for task 3.2` | `## التلميحات`, `### تلميحات المهمة 3.2` |
//! | a hint | `<summary>Hint 1</summary>` | `<summary>التلميح 1</summary>` |
//! | an answer | `<summary>Answer 1</summary>` | `<summary>الجواب 1</summary>` |
//!
//! - `<details>` and its `<summary>` stand on lines of their own at the line's
//!   beginning, with a blank line after the summary and before `</details>`:
//!   otherwise GitHub does not read what is inside as Markdown.
//! - A task has three hints, in order. The student's PDF leaves out the section
//!   of hints and every fold whose summary begins with `Answer` (`الجواب`).
//! - A heading is linked by its anchor as GitHub makes it: `#task-32--joining`,
//!   `#المهمة-32--الانضمام`. Both pages of a pair link to the same heading, each
//!   by its own language's anchor.
//! - Figures are `![what it shows](../figures/handshake.en.svg)`, with `.ar.svg`
//!   on the Arabic page.

//!
//! # Commands and what they print
//!
//! A block of commands stands in a `console` fence, each command after `$ `. With
//! `<!-- run -->` on the line before the fence (English page; the Arabic page has
//! the same block, with or without the comment) the maintainers' run compares what
//! is shown with what is printed, so that it cannot go stale:
//!
//! ````markdown
//! <!-- run -->
//! ```console
//! $ cargo run -p header-inspector -- --help
//! header-inspector decodes ...
//! …
//! ```
//! ````
//!
//! A line `…` stands for any lines. The ports that the system hands out and the
//! seconds that something took are not compared. Words after `run:`, between
//! commas, say more:
//!
//! - `solution`: a starter's name is shown, its solution is run
//!   (`-p lab3-server` becomes `-p lab3-solution-server`).
//! - `terminal`: the command goes on beside the following `terminal` blocks up to
//!   the next heading, each one in a terminal of its own.
//! - `types "hello"`: the block's line `hello` (or the rest of the line after a
//!   prompt) is typed, not printed; once for each such line, in order.
//! - `^D` as a line of the block ends the typing, `^C` ends the program.
//!
//! ````markdown
//! <!-- run: terminal, solution -->
//! ```console
//! $ cargo run -p lab1-server
//! Listening on 127.0.0.1:55555
//! Connected with 127.0.0.1:54146
//! Disconnected from 127.0.0.1:54146
//! ```
//!
//! <!-- run: terminal, types "hello" -->
//! ```console
//! $ cargo run -p lab1-client
//! hello
//! hello
//! ^D
//! ```
//! ````
//!
//! A command that must not be run (it needs the internet, or another system) has
//! no comment.

pub mod bidi;
mod block;
pub mod console;
pub mod contents;
mod details;
pub mod glossary;
mod handout;
mod heading;
pub mod labs;
mod language;
pub mod link;
pub mod outline;
mod page;
pub mod session;
mod shelf;
pub mod stage;
pub mod stamp;
pub mod terminal;
pub mod wording;

pub use details::{Details, malformed};
pub use handout::{HINTS, Handout, Task};
pub use heading::{Heading, slug};
pub use language::Language;
pub use page::Page;
pub use shelf::{CONTENTS, Pair, Shelf};
