//! The figures' common look: colours, weights, sizes, patterns.
//!
//! Nothing is told by colour alone, so that a page printed in black and white
//! says the same: a server's frame is heavier than a client's, what waits is
//! hatched, data has a full arrowhead and a message about data an open one.

use crate::width::Weight;
use crate::words::Language;

pub const INK: &str = "#1b2230";
pub const SOFT: &str = "#4d5768";
pub const HAIR: &str = "#c3c9d4";
pub const PAPER: &str = "#ffffff";
pub const CLIENT: &str = "#1f4e8c";
pub const CLIENT_FILL: &str = "#edf3fb";
pub const SERVER: &str = "#8a3a12";
pub const SERVER_FILL: &str = "#fdf1e7";
pub const KERNEL_FILL: &str = "#eef0f3";
pub const ALERT: &str = "#9c1230";

/// The sizes and weights of text; a figure uses no others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Names of programs and parts.
    Strong,
    /// What the figure says.
    Body,
    /// Details beside it.
    Small,
    /// Remarks, in a softer colour.
    Note,
    /// White on ink, for the number of a step.
    Badge,
    /// One letter of a flag's name, set from top to bottom.
    Letter,
}

impl Type {
    pub fn size(self) -> f64 {
        match self {
            Type::Strong | Type::Body => 15.0,
            Type::Small | Type::Note => 13.0,
            Type::Badge | Type::Letter => 12.0,
        }
    }

    /// From one line to the next.
    pub fn step(self) -> f64 {
        match self {
            Type::Letter => 15.0,
            _ => (self.size() * 1.32).round(),
        }
    }

    pub fn weight(self) -> Weight {
        match self {
            Type::Strong | Type::Badge | Type::Letter => Weight::Bold,
            Type::Body | Type::Small | Type::Note => Weight::Regular,
        }
    }

    pub fn class(self) -> &'static str {
        match self {
            Type::Strong => "strong",
            Type::Body => "body",
            Type::Small => "small",
            Type::Note => "note",
            Type::Badge => "badge",
            Type::Letter => "letter",
        }
    }
}

/// The style sheet inside each SVG.
pub fn sheet(language: Language) -> String {
    let fonts = match language {
        Language::English => "Vazirmatn,'Segoe UI','Helvetica Neue','DejaVu Sans',sans-serif",
        Language::Arabic => "Vazirmatn,'Noto Naskh Arabic','DejaVu Sans',sans-serif",
    };
    let code = "'DejaVu Sans Mono',Menlo,Consolas,monospace";
    format!(
        "<style>\
         text{{font-family:{fonts};fill:{INK}}}\
         .strong,.badge,.letter{{font-weight:700}}\
         .strong,.body{{font-size:15px}}\
         .small,.note{{font-size:13px}}\
         .note{{fill:{SOFT}}}\
         .badge,.letter{{font-size:12px}}\
         .badge{{fill:{PAPER}}}\
         .code{{font-family:{code};font-size:.93em}}\
         </style>"
    )
}

/// Patterns that a shape can be filled with.
pub fn patterns() -> String {
    format!(
        "<defs>\
         <pattern id=\"hatch\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><rect width=\"7\" height=\"7\" fill=\"{PAPER}\"/>\
         <path d=\"M0 0V7\" stroke=\"{INK}\" stroke-width=\"1.8\" opacity=\".55\"/></pattern>\
         <pattern id=\"dots\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
         <rect width=\"6\" height=\"6\" fill=\"{PAPER}\"/>\
         <circle cx=\"2\" cy=\"2\" r=\"1\" fill=\"{SOFT}\"/></pattern>\
         </defs>"
    )
}
