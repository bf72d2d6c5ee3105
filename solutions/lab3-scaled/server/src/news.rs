//! What has been said since the members were last written to.

use std::cell::OnceCell;

use crate::line::Framing;
use crate::outbox::Text;

/// Text for many members.
#[derive(Default)]
pub struct News {
    bytes: Vec<u8>,
    /// A copy for those who cannot take it at once, made for the first of them.
    shared: OnceCell<Text>,
}

impl News {
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub fn shared(&self) -> Text {
        let shared = self.shared.get_or_init(|| self.bytes.as_slice().into());
        shared.clone()
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.shared.take();
    }
}

impl From<&str> for News {
    fn from(text: &str) -> Self {
        News {
            bytes: text.as_bytes().to_vec(),
            shared: OnceCell::new(),
        }
    }
}

/// The same news in both framings.
#[derive(Default)]
pub struct Bulletin {
    lines: News,
    unframed: News,
    /// How many members want it without newlines; mostly nobody does.
    pub unframed_readers: usize,
}

impl Bulletin {
    /// Adds whole lines.
    pub fn add(&mut self, lines: &[u8]) {
        self.lines.bytes.extend_from_slice(lines);
        if self.unframed_readers > 0 {
            for line in lines.split(|byte| *byte == b'\n') {
                self.unframed.bytes.extend_from_slice(line);
            }
        }
    }

    /// The news as a member with this framing reads them.
    pub fn in_framing(&self, framing: Framing) -> &News {
        match framing {
            Framing::Lines => &self.lines,
            Framing::Unframed => &self.unframed,
        }
    }

    pub fn len(&self) -> usize {
        self.lines.bytes.len()
    }

    pub fn clear(&mut self) {
        self.lines.clear();
        self.unframed.clear();
    }
}
