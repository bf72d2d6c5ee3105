//! Captures put together by hand: pcap and pcapng, in either byte order.

/// How a file's numbers are written.
#[derive(Clone, Copy)]
pub enum Order {
    Little,
    Big,
}

impl Order {
    pub fn u16(self, number: u16) -> [u8; 2] {
        match self {
            Order::Little => number.to_le_bytes(),
            Order::Big => number.to_be_bytes(),
        }
    }

    pub fn u32(self, number: u32) -> [u8; 4] {
        match self {
            Order::Little => number.to_le_bytes(),
            Order::Big => number.to_be_bytes(),
        }
    }

    pub fn u64(self, number: u64) -> [u8; 8] {
        match self {
            Order::Little => number.to_le_bytes(),
            Order::Big => number.to_be_bytes(),
        }
    }
}

/// A pcap file: its magic number tells the order and the clock.
pub fn pcap(order: Order, magic: u32, network: u32) -> Vec<u8> {
    let mut file = order.u32(magic).to_vec();
    file.extend([order.u16(2), order.u16(4)].concat());
    file.extend([0, 0, 0xffff, network].map(|word| order.u32(word)).concat());
    file
}

pub fn pcap_record(order: Order, time: [u32; 2], len: usize, bytes: &[u8]) -> Vec<u8> {
    let words = [time[0], time[1], bytes.len() as u32, len as u32];
    [&words.map(|word| order.u32(word)).concat(), bytes].concat()
}

/// A pcapng file that is being put together.
pub struct Blocks {
    pub order: Order,
    pub bytes: Vec<u8>,
}

impl Blocks {
    pub fn new(order: Order) -> Blocks {
        let mut file = Blocks {
            order,
            bytes: Vec::new(),
        };
        file.section();
        file
    }

    pub fn block(&mut self, kind: u32, parts: &[&[u8]]) {
        let mut body = parts.concat();
        body.resize(body.len().next_multiple_of(4), 0);
        let length = self.order.u32(body.len() as u32 + 12);
        self.bytes.extend(self.order.u32(kind));
        self.bytes.extend(length);
        self.bytes.extend(body);
        self.bytes.extend(length);
    }

    pub fn section(&mut self) {
        let magic = self.order.u32(0x1a2b_3c4d);
        let version = [self.order.u16(1), self.order.u16(0)].concat();
        self.block(0x0a0d_0d0a, &[&magic, &version, &[0xff; 8]]);
    }

    /// Describes an interface; options are code and value.
    pub fn interface(&mut self, link: u16, snap: u32, options: &[(u16, &[u8])]) {
        let mut list = Vec::new();
        for (code, value) in options {
            list.extend(self.order.u16(*code));
            list.extend(self.order.u16(value.len() as u16));
            list.extend_from_slice(value);
            list.resize(list.len().next_multiple_of(4), 0);
        }
        if !list.is_empty() {
            list.extend([0; 4]);
        }
        let (link, snap) = (self.order.u16(link), self.order.u32(snap));
        self.block(1, &[&link, &[0; 2], &snap, &list]);
    }

    pub fn enhanced(&mut self, interface: u32, time: u64, len: usize, bytes: &[u8]) {
        let words = [
            interface,
            (time >> 32) as u32,
            time as u32,
            bytes.len() as u32,
            len as u32,
        ];
        let head = words.map(|word| self.order.u32(word)).concat();
        self.block(6, &[&head, bytes]);
    }

    pub fn simple(&mut self, len: usize, bytes: &[u8]) {
        let len = self.order.u32(len as u32);
        self.block(3, &[&len, bytes]);
    }

    pub fn obsolete(&mut self, interface: u16, time: u64, len: usize, bytes: &[u8]) {
        let ends = [self.order.u16(interface), self.order.u16(0)].concat();
        let words = [
            (time >> 32) as u32,
            time as u32,
            bytes.len() as u32,
            len as u32,
        ];
        let head = words.map(|word| self.order.u32(word)).concat();
        self.block(2, &[&ends, &head, bytes]);
    }
}
