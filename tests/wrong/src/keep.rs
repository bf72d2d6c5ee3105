//! The stories that are kept, in `stories/lab3/NAME.snap`: `cargo insta review`
//! shows what has changed, `INSTA_UPDATE=always` takes it over.

use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};

use wrong_programs::catalogue::folder;

/// Whether `story` is the one that is kept; what differs is printed.
pub fn is_as_kept(lab: u32, name: &str, what: &str, story: &str) -> bool {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder().join(format!("stories/lab{lab}")));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description(what);
    // insta tells by a panic; here that is one answer among many.
    let hook = take_hook();
    set_hook(Box::new(|_| {}));
    let kept = catch_unwind(AssertUnwindSafe(|| {
        settings.bind(|| insta::assert_snapshot!(name, story));
    }));
    set_hook(hook);
    kept.is_ok()
}
