//! All checks of the boundary that users see, in one program.
//!
//! `cargo test -p header-inspector --test all hexdumps::` runs those of one file.

mod absurd;
mod captures;
mod cases;
mod checksum;
mod command;
mod common;
mod conversations;
mod decode_errors;
mod dumped_lines;
mod fields;
mod formats;
mod hexdumps;
mod html;
mod inside_ip;
mod ladders;
mod links;
mod oddities;
mod phases;
mod properties;
mod readme;
mod runs;
mod specimens;
mod traps_around_it;
mod traps_in_the_header;
