//! The 'modified' pcap format of old Linux systems in big-endian byte order, which
//! pcap-parser does not read: it is turned into the plain little-endian format.

use std::io::{self, Cursor, Read};

/// The magic number as the file begins with it.
const MAGIC: [u8; 4] = [0xa1, 0xb2, 0xcd, 0x34];
const FILE_HEADER: usize = 24;
/// Time, lengths, and then interface, protocol and packet type, which are dropped.
const RECORD_HEADER: usize = 24;
const PLAIN_RECORD_HEADER: usize = 16;

/// Whether an input that begins with these bytes is one.
pub(super) fn is_at(start: &[u8]) -> bool {
    start.starts_with(&MAGIC)
}

/// A capture of the modified format, read as one of the plain format.
pub(super) struct BigEndian<R> {
    source: R,
    /// A header that is turned and not yet read.
    header: Cursor<Vec<u8>>,
    /// Bytes of the record's data that are still to come.
    data: u64,
}

impl<R: Read> BigEndian<R> {
    pub fn new(mut source: R) -> io::Result<BigEndian<R>> {
        let mut header = vec![0; FILE_HEADER];
        source.read_exact(&mut header)?;
        turn(&mut header);
        // Versions are two numbers of 16 bits.
        header[4..8].rotate_left(2);
        header[..4].copy_from_slice(&0xa1b2_c3d4_u32.to_le_bytes());
        Ok(BigEndian {
            source,
            header: Cursor::new(header),
            data: 0,
        })
    }

    /// Reads the next record's header; one that is cut stays as short as it is.
    fn next_header(&mut self) -> io::Result<()> {
        let mut header = Vec::new();
        (&mut self.source)
            .take(RECORD_HEADER as u64)
            .read_to_end(&mut header)?;
        if header.len() == RECORD_HEADER {
            header.truncate(PLAIN_RECORD_HEADER);
            turn(&mut header);
            let length = [header[8], header[9], header[10], header[11]];
            self.data = u32::from_le_bytes(length).into();
        }
        self.header = Cursor::new(header);
        Ok(())
    }
}

impl<R: Read> Read for BigEndian<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let at_end = self.header.position() == self.header.get_ref().len() as u64;
        if at_end && self.data == 0 {
            self.next_header()?;
        }
        let count = self.header.read(buffer)?;
        if count > 0 || self.data == 0 {
            return Ok(count);
        }
        let count = (&mut self.source).take(self.data).read(buffer)?;
        self.data = if count == 0 {
            0
        } else {
            self.data - count as u64
        };
        Ok(count)
    }
}

/// Turns the bytes of each number of 32 bits.
fn turn(header: &mut [u8]) {
    header.chunks_exact_mut(4).for_each(<[u8]>::reverse);
}
