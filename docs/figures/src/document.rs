//! The file around a drawing: its size, its name in its language, its look.

use crate::canvas::{Canvas, WIDTH, number};
use crate::style;
use crate::words::Language;

/// The whole file: background, title and description around what was drawn.
pub fn document(canvas: &Canvas, name: &str, title: &str, description: &str) -> String {
    let (language, height) = (canvas.language.code(), number(canvas.height));
    let (width, inner) = (number(WIDTH), number(canvas.height - 1.0));
    let direction = match canvas.language {
        Language::English => "ltr",
        Language::Arabic => "rtl",
    };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\" lang=\"{language}\" \
         xml:lang=\"{language}\" aria-labelledby=\"{name}-title {name}-desc\">\n\
         <title id=\"{name}-title\" direction=\"{direction}\">{}</title>\n\
         <desc id=\"{name}-desc\" direction=\"{direction}\">{}</desc>\n{}\n{}\n\
         <rect x=\".5\" y=\".5\" width=\"759\" height=\"{inner}\" rx=\"10\" \
         fill=\"{}\" stroke=\"{}\"/>\n{}</svg>\n",
        escape(title),
        escape(description),
        style::sheet(canvas.language),
        style::patterns(),
        style::PAPER,
        style::HAIR,
        canvas.body(),
    )
}

/// Text as XML wants it.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
