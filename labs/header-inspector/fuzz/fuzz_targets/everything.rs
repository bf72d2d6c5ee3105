//! Any bytes at all, as a capture file and as loose bytes, through every view.
//!
//! What must hold: no panic, no endless loop, no memory beyond the input's size; each
//! line of JSON stays one line.
#![no_main]

use std::ops::ControlFlow;

use header_inspector::view::{DiagramView, ExplainView, HexView, JsonView, LineView};
use header_inspector::{Filter, Lang, Settings, View, input, inspect};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for from in [input::From::Guess, input::From::Ethernet, input::From::Ip, input::From::Tcp] {
        for mut view in views() {
            // What is no input at all is refused, which is an answer too.
            if let Ok(input) = input::open_bytes(bytes.to_vec(), "the input", from) {
                inspect(input, Filter::default(), view.as_mut(), &mut |out, _| {
                    assert!(std::str::from_utf8(out).is_ok(), "a view wrote broken UTF-8");
                    out.clear();
                    ControlFlow::Continue(())
                });
            }
        }
    }
});

fn views() -> Vec<Box<dyn View>> {
    let english = Settings::default();
    let arabic = Settings { lang: Lang::Ar, ..english };
    vec![
        Box::new(LineView::new(english)),
        Box::new(JsonView::new(english)),
        Box::new(DiagramView::new(english)),
        Box::new(ExplainView::new(arabic)),
        Box::new(HexView::new(arabic)),
    ]
}
