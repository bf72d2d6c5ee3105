//! Digits, punctuation and terms on an Arabic page.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::Page;

/// A word that the course does not use, and what it says instead. A word between
/// «quotation marks» is quoted, not used.
const BANNED: [(&str, &str); 14] = [
    ("سوكيت", "مقبس"),
    ("ثريد", "خيط"),
    ("تشفير", "ترميز"),
    ("بارمتر", "معامل"),
    ("باراميتر", "معامل"),
    ("ليتل إنديان", "الطرف الصغير أولًا"),
    ("بيغ إنديان", "الطرف الكبير أولًا"),
    ("دردشة", "محادثة"),
    ("اسم مستعار", "لقب"),
    ("الاسم المستعار", "اللقب"),
    ("الرقم المسلسل", "الرقم المتسلسل"),
    ("التحكم بالإرسال", "التحكم بالنقل"),
    ("التحكم في الإرسال", "التحكم بالنقل"),
    ("إلغاء تعدد", "فك تعدد الإرسال"),
];

/// Never alone: it may mean a thread, a string or a sequence.
const BARE: &str = "سلسلة";
const BARE_NEEDS: &str = "نصي";

pub fn complaints(page: &Page) -> Vec<String> {
    let mut complaints = Vec::new();
    for (text, span) in prose(page) {
        let mut found = terms(&text);
        found.extend(digits(&text));
        found.extend(punctuation(&text));
        found.sort();
        found.dedup();
        let place = page.place(span.start);
        complaints.extend(found.into_iter().map(|c| format!("{place}: {c}")));
    }
    complaints
}

/// Words for a side: the page and its figures stand the other way round in Arabic.
const SIDES: [&str; 7] = [
    "on the left",
    "on the right",
    "to the left of",
    "to the right of",
    "على اليسار",
    "على اليمين",
    "إلى اليسار",
];

pub fn sides(page: &Page) -> Vec<String> {
    let mut complaints = Vec::new();
    for (text, span) in prose(page) {
        let found = SIDES.iter().filter(|side| text.contains(**side));
        let place = page.place(span.start);
        complaints.extend(
            found.map(|side| format!("{place}: {side:?} is another side in the other language")),
        );
    }
    complaints
}

/// Each block's words; a code span, whose content is not prose, is one `\u{fffc}`.
fn prose(page: &Page) -> Vec<(String, Range<usize>)> {
    let mut blocks: Vec<(String, Range<usize>)> = Vec::new();
    let mut in_code_block = false;
    for (event, span) in page.events() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code_block = true,
            Event::End(TagEnd::CodeBlock) => in_code_block = false,
            Event::Start(
                Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::TableCell | Tag::HtmlBlock,
            ) => blocks.push((String::new(), span)),
            Event::Text(text) if !in_code_block => push(&mut blocks, &text),
            Event::Html(html) if !html.starts_with("<!--") => push(&mut blocks, &html),
            Event::Code(_) => push(&mut blocks, "\u{fffc}"),
            Event::SoftBreak | Event::HardBreak => push(&mut blocks, " "),
            _ => {}
        }
    }
    blocks
}

fn push(blocks: &mut [(String, Range<usize>)], text: &str) {
    if let Some((block, _)) = blocks.last_mut() {
        block.push_str(text);
    }
}

fn terms(text: &str) -> Vec<String> {
    let text = unquoted(&without_harakat(text));
    let mut found: Vec<String> = BANNED
        .iter()
        .filter(|(banned, _)| text.contains(banned))
        .map(|(banned, instead)| format!("«{banned}»: the glossary says «{instead}»"))
        .collect();
    let words: Vec<&str> = text
        .split(|c| !is_arabic(c))
        .filter(|w| !w.is_empty())
        .collect();
    let bare = words.iter().enumerate().any(|(at, word)| {
        let next = words.get(at + 1).map(|next| stem(next));
        stem(word) == BARE && !next.is_some_and(|next| next.starts_with(BARE_NEEDS))
    });
    if bare {
        found.push(format!("«{BARE}» alone: it may mean three things"));
    }
    found
}

/// The word without the letters that Arabic writes on to its front.
fn stem(word: &str) -> &str {
    let word = word.trim_start_matches(['و', 'ف']);
    let word = word.strip_prefix("لل").unwrap_or(word);
    word.trim_start_matches(['ب', 'ك', 'ل'])
        .trim_start_matches("ال")
}

fn without_harakat(text: &str) -> String {
    let marks = |c: &char| matches!(c, '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}');
    text.chars().filter(|c| !marks(c)).collect()
}

/// The text without what stands between « and ».
fn unquoted(text: &str) -> String {
    let mut kept = String::new();
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '«' => depth += 1,
            '»' => depth = depth.saturating_sub(1),
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

fn digits(text: &str) -> Option<String> {
    let eastern = text
        .chars()
        .find(|c| matches!(c, '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}'))?;
    Some(format!("the digit {eastern}: the course writes 0 to 9"))
}

/// A Latin comma, semicolon or question mark beside an Arabic word.
fn punctuation(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let beside_arabic = |at: usize| {
        let before = at.checked_sub(1).map(|before| chars[before]);
        let after = chars[at + 1..].iter().copied().find(|c| *c != ' ');
        before.is_some_and(is_arabic) || after.is_some_and(is_arabic)
    };
    let marks = chars.iter().enumerate().filter_map(|(at, c)| {
        let arabic = match c {
            ',' => '،',
            ';' => '؛',
            '?' => '؟',
            _ => return None,
        };
        beside_arabic(at).then(|| format!("{c:?} beside an Arabic word: write {arabic:?}"))
    });
    marks.collect()
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{65f}' | '\u{670}'..='\u{6d3}')
}
