//! gzip, as `gzip -dc` reads it: members one behind the other, and then perhaps
//! something else, such as the zeros with which a tape or a card pads its blocks.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;

const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// The data of all members of a gzip stream.
pub(super) struct Members<R> {
    /// `None` behind the last member.
    member: Option<GzDecoder<BufReader<R>>>,
}

impl<R: Read> Members<R> {
    pub fn new(source: R) -> Members<R> {
        let member = Some(GzDecoder::new(BufReader::new(source)));
        Members { member }
    }
}

impl<R: Read> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let count = member.read(buffer)?;
            if count > 0 || buffer.is_empty() {
                return Ok(count);
            }
            let mut rest = self.member.take().expect("it was there").into_inner();
            // What is no member is not the stream's, as for gzip itself.
            if rest.fill_buf()?.starts_with(&MAGIC) {
                self.member = Some(GzDecoder::new(rest));
            }
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use flate2::{Compression, write::GzEncoder};

    use super::Members;

    fn member(data: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    fn read(stream: &[u8]) -> Vec<u8> {
        let mut data = Vec::new();
        Members::new(stream).read_to_end(&mut data).unwrap();
        data
    }

    #[test]
    fn members_follow_one_another() {
        assert_eq!(
            read(&[member(b"one"), member(b""), member(b"two")].concat()),
            b"onetwo"
        );
    }

    #[test]
    fn what_is_no_member_is_not_read() {
        for behind in [&[0; 600][..], b"\x1fgarbage", b"x"] {
            assert_eq!(read(&[&member(b"one")[..], behind].concat()), b"one");
        }
    }

    #[test]
    fn a_cut_member_is_an_error() {
        let whole = member(b"one");
        let mut data = Vec::new();
        let cut = &whole[..whole.len() - 5];
        assert!(Members::new(cut).read_to_end(&mut data).is_err());
    }
}
