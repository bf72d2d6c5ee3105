//! HTML being written: everything that is not ours to trust goes through `text`.

/// A piece of the page.
#[derive(Default)]
pub(super) struct Markup(String);

impl Markup {
    /// Appends markup that was written by hand in this view.
    pub fn raw(&mut self, markup: &str) {
        self.0.push_str(markup);
    }

    /// Appends text; nothing in it can open a tag, an entity or an attribute.
    pub fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.raw("&amp;"),
                '<' => self.raw("&lt;"),
                '>' => self.raw("&gt;"),
                '"' => self.raw("&quot;"),
                '\'' => self.raw("&#39;"),
                // HTML has no way to write most controls.
                c if c.is_control() && c != '\n' => self.0.push(char::REPLACEMENT_CHARACTER),
                c => self.0.push(c),
            }
        }
    }

    /// Appends a text in both languages, of which the page shows one.
    pub fn both(&mut self, english: &str, arabic: &str) {
        self.raw("<span class=\"en\" lang=\"en\">");
        self.text(english);
        self.raw("</span><span class=\"ar\" lang=\"ar\">");
        self.text(arabic);
        self.raw("</span>");
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn into_string(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Markup;

    #[test]
    fn text_stays_text() {
        let mut markup = Markup::default();
        markup.text("<a href=\"x\" id='y'> & \u{1}\u{7f}\n\tع");
        let expected =
            "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt; &amp; \u{fffd}\u{fffd}\n\u{fffd}ع";
        assert_eq!(markup.as_str(), expected);
    }
}
