//! Any bytes at all, as a capture file and as loose bytes, through every view.
//!
//! The last byte chooses the view and what loose bytes are taken for, so that one run
//! is quick and libFuzzer finds its way through all of them.
//!
//! What must hold: no panic, no endless loop, no memory beyond the input's size; each
//! line of JSON stays one line.
#![no_main]

use std::ops::ControlFlow;

use header_inspector::view::{
    AutoView, DiagramView, ExplainView, HexView, HtmlView, JsonView, LadderView, LineView,
};
use header_inspector::{Filter, Lang, Settings, View, input, inspect};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((&choice, bytes)) = bytes.split_last() else {
        return;
    };
    // What is no input at all is refused, which is an answer too.
    let Ok(input) = input::open_bytes(bytes.to_vec(), "the input", from(choice)) else {
        return;
    };
    let mut text = Vec::new();
    inspect(
        input,
        Filter::default(),
        view(choice).as_mut(),
        &mut |out, _| {
            text.append(out);
            ControlFlow::Continue(())
        },
    );
    let text = String::from_utf8(text).expect("a view writes UTF-8");
    if choice % VIEWS == JSON {
        assert!(
            text.lines()
                .all(|line| line.starts_with('{') && line.ends_with('}'))
        );
    }
});

fn from(choice: u8) -> input::From {
    match choice / VIEWS % 8 {
        0 => input::From::Ethernet,
        1 => input::From::Ip,
        2 => input::From::Tcp,
        _ => input::From::Guess,
    }
}

const VIEWS: u8 = 8;
const JSON: u8 = 1;

fn view(choice: u8) -> Box<dyn View> {
    let english = Settings::default();
    let arabic = Settings {
        lang: Lang::Ar,
        ..english
    };
    match choice % VIEWS {
        0 => Box::new(LineView::new(english)),
        JSON => Box::new(JsonView::new(english)),
        2 => Box::new(DiagramView::new(english)),
        3 => Box::new(ExplainView::new(arabic)),
        4 => Box::new(HexView::new(arabic)),
        5 => Box::new(LadderView::new(arabic)),
        6 => Box::new(HtmlView::new(english)),
        _ => Box::new(AutoView::new(arabic)),
    }
}
