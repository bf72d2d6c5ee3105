//! Lab 5's solution and header-inspector agree: on random and mutated segments, and
//! on every recording of the course. Two decoders that share no code rarely share a
//! mistake.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use harness::root;

const SEGMENTS: u32 = 100_000;

#[test]
fn on_random_and_mutated_segments() {
    let mut random = Random(20_260_401);
    let frames: Vec<Vec<u8>> = (0..SEGMENTS).map(|_| packet(&mut random)).collect();
    agree(&Pcap { link: 101, frames }, "random");
}

#[test]
fn on_every_recording() {
    let folder = root().join("labs/header-inspector/captures");
    let mut count = 0;
    for entry in fs::read_dir(folder)
        .expect("the recordings are there")
        .flatten()
    {
        let path = entry.path();
        if path.extension().is_some_and(|ending| ending == "pcapng") {
            agree(
                &Pcap::of_pcapng(&fs::read(&path).unwrap()),
                &path.display().to_string(),
            );
            count += 1;
        }
    }
    assert!(count >= 10, "only {count} recordings");
}

/// Both programs print the same line for each frame, but for the problems that only
/// header-inspector marks; what the decoder refuses has a problem.
fn agree(pcap: &Pcap, name: &str) {
    let id = std::process::id();
    let path = std::env::temp_dir().join(format!("agreement-{id}-{}.pcap", name.len()));
    fs::write(&path, pcap.bytes()).unwrap();
    let decoded = lines("lab5-solution-decoder", &["--pcap"], &path);
    let inspected = lines("header-inspector", &["--view", "line"], &path);
    fs::remove_file(&path).unwrap();
    assert!(!decoded.is_empty(), "{name}: nothing was decoded");
    for (frame, line) in &inspected {
        let (plain, problem) = line.split_once(" !").map_or((&line[..], ""), |it| it);
        match decoded.get(frame) {
            Some(decoded) if has_a_name_for_an_unknown(decoded, plain) => {}
            Some(decoded) => assert_eq!(decoded, plain, "{name}, frame {frame}"),
            None => assert!(!problem.is_empty(), "{name}: only one decodes {line}"),
        }
    }
    let extra = decoded.keys().find(|frame| !inspected.contains_key(*frame));
    assert_eq!(extra, None, "{name}: header-inspector passes over a frame");
}

/// Whether the lines differ only where header-inspector names an option by a later RFC,
/// which lab 5 leaves at its kind.
fn has_a_name_for_an_unknown(decoded: &str, inspected: &str) -> bool {
    let parts = |line: &str| -> Vec<String> {
        let line = line.replace(" [", ", ").replace(']', "");
        line.split(", ").map(str::to_string).collect()
    };
    let (decoded, inspected) = (parts(decoded), parts(inspected));
    let mut pairs = decoded.iter().zip(&inspected);
    decoded.len() == inspected.len()
        && pairs.all(|(one, other)| one == other || one.starts_with("Unknown "))
}

/// What a program prints about a capture, by frame.
fn lines(package: &str, options: &[&str], path: &Path) -> HashMap<String, String> {
    let output = Command::new(executable(package))
        .args(options)
        .arg(path)
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let numbered = printed.lines().filter_map(|line| line.split_once(' '));
    numbered
        .map(|(frame, _)| frame.to_string())
        .zip(printed.lines().map(str::to_string))
        .collect()
}

fn executable(package: &str) -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(root())
        .args([
            "build",
            "--quiet",
            "--message-format=json",
            "--package",
            package,
        ])
        .output()
        .unwrap();
    let messages = String::from_utf8_lossy(&output.stdout);
    let executable = messages.lines().rev().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        message["executable"].as_str().map(PathBuf::from)
    });
    executable.unwrap_or_else(|| panic!("{package} could not be built"))
}

/// An IPv4 packet with a segment that is right, or of which some bytes are changed.
fn packet(random: &mut Random) -> Vec<u8> {
    let mut options = Vec::new();
    for _ in 0..random.below(4) {
        match random.below(7) {
            0 => options.push(1),
            1 => options.extend([2, 4, random.byte(), random.byte()]),
            2 => options.extend([3, 3, random.byte() % 15]),
            3 => options.extend([4, 2]),
            4 => options.extend([&[5, 10][..], &random.bytes(8)].concat()),
            5 => options.extend([&[8, 10][..], &random.bytes(8)].concat()),
            _ => options.extend([&[77, 5][..], &random.bytes(3)].concat()),
        }
    }
    options.truncate(40);
    options.resize(options.len().next_multiple_of(4), 0);
    let mut segment = random.bytes(20);
    segment[12] = (5 + options.len() as u8 / 4) << 4 | random.byte() & 1;
    segment.extend(&options);
    let payload = random.below(20) as usize;
    segment.extend(random.bytes(payload));
    for _ in 0..random.below(3) {
        // Mostly in what the walk trusts: the data offset, kinds and lengths.
        let at = 12 + random.below(segment.len() as u64 - 12) as usize;
        segment[at] = random.byte();
    }
    let total = 20 + segment.len() as u16;
    let mut packet = vec![0x45, 0];
    packet.extend(total.to_be_bytes());
    packet.extend([0, 1, 0x40, 0, 64, 6, 0, 0, 192, 0, 2, 1, 198, 51, 100, 7]);
    let sum: u32 = packet
        .chunks(2)
        .map(|it| u32::from(u16::from_be_bytes([it[0], it[1]])))
        .sum();
    let folded = (sum & 0xffff) + (sum >> 16);
    packet[10..12].copy_from_slice(&(!((folded & 0xffff) + (folded >> 16)) as u16).to_be_bytes());
    packet.extend(segment);
    packet
}

/// A classic pcap file.
struct Pcap {
    link: u32,
    frames: Vec<Vec<u8>>,
}

impl Pcap {
    /// The frames of the enhanced packet blocks of a little-endian pcapng file.
    fn of_pcapng(bytes: &[u8]) -> Pcap {
        let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
        let (mut at, mut pcap) = (
            0,
            Pcap {
                link: 0,
                frames: Vec::new(),
            },
        );
        while at < bytes.len() {
            match number(at) {
                1 => pcap.link = number(at + 8) as u32 & 0xffff,
                6 => pcap
                    .frames
                    .push(bytes[at + 28..at + 28 + number(at + 20)].to_vec()),
                _ => {}
            }
            at += number(at + 4);
        }
        pcap
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![
            0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 0, 0,
        ];
        bytes.extend(self.link.to_le_bytes());
        for (index, frame) in self.frames.iter().enumerate() {
            let length = frame.len() as u32;
            for number in [
                1_700_000_000 + index as u32 / 1000,
                index as u32 % 1000,
                length,
                length,
            ] {
                bytes.extend(number.to_le_bytes());
            }
            bytes.extend(frame);
        }
        bytes
    }
}

/// splitmix64.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }

    fn byte(&mut self) -> u8 {
        self.below(256) as u8
    }

    fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.byte()).collect()
    }
}
