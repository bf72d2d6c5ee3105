//! A seccomp filter for bubblewrap: no new namespaces, in which a program could
//! mount memory without bounds, and no tracing of other processes.
//!
//! It is a program of classic BPF: each instruction is an operation, how far to
//! jump if it holds and if it does not, and a number.

/// Loads a word of the system call: its number, its architecture, an argument.
const LOAD: u16 = 0x20;
const JUMP_IF_EQUAL: u16 = 0x15;
const JUMP_IF_AT_LEAST: u16 = 0x35;
const JUMP_IF_ANY_BIT: u16 = 0x45;
const RETURN: u16 = 0x06;

const NUMBER: u32 = 0;
const ARCHITECTURE: u32 = 4;
const FIRST_ARGUMENT: u32 = 16;

const ALLOW: u32 = 0x7fff_0000;
const ERROR: u32 = 0x0005_0000;
const NOT_PERMITTED: u32 = ERROR + 1;
/// The C library then asks in the older way, which can be looked into.
const NO_SUCH_CALL: u32 = ERROR + 38;

/// Every CLONE_NEW… flag but that of time, which `clone` has not.
const NEW_NAMESPACE: u32 = 0x7e02_0000;

/// The numbers of the calls on one kind of processor.
struct Numbers {
    architecture: u32,
    clone: u32,
    unshare: u32,
    setns: u32,
    ptrace: u32,
    process_vm_writev: u32,
}

const CLONE3: u32 = 435;

const X86_64: Numbers = Numbers {
    architecture: 0xc000_003e,
    clone: 56,
    unshare: 272,
    setns: 308,
    ptrace: 101,
    process_vm_writev: 311,
};

const AARCH64: Numbers = Numbers {
    architecture: 0xc000_00b7,
    clone: 220,
    unshare: 97,
    setns: 268,
    ptrace: 117,
    process_vm_writev: 271,
};

/// On x86-64 there is a second set of calls from here on; nothing needs it.
const SECOND_SET: u32 = 0x4000_0000;

/// The words that start bubblewrap, with the filter where there is one for this
/// processor: it reads the filter from a file descriptor, so a shell is needed.
pub fn bubblewrap() -> Vec<String> {
    let numbers = match std::env::consts::ARCH {
        "x86_64" => X86_64,
        "aarch64" => AARCH64,
        _ => return vec!["bwrap".to_string()],
    };
    let bytes: String = program(&numbers)
        .iter()
        .map(|byte| format!("\\{byte:03o}"))
        .collect();
    let script =
        format!("printf '{bytes}' | {{ exec 9<&0 </dev/null; exec bwrap --seccomp 9 \"$@\"; }}");
    ["sh", "-c", &script, "sh"].map(String::from).to_vec()
}

/// The filter. Jumps are counted from the next instruction on; the last three
/// instructions, 13 to 15, are the answers.
fn program(numbers: &Numbers) -> Vec<u8> {
    let instructions = [
        (LOAD, 0, 0, ARCHITECTURE),
        (JUMP_IF_EQUAL, 0, 12, numbers.architecture),
        (LOAD, 0, 0, NUMBER),
        (JUMP_IF_AT_LEAST, 10, 0, SECOND_SET),
        (JUMP_IF_EQUAL, 10, 0, CLONE3),
        (JUMP_IF_EQUAL, 8, 0, numbers.setns),
        (JUMP_IF_EQUAL, 7, 0, numbers.ptrace),
        (JUMP_IF_EQUAL, 6, 0, numbers.process_vm_writev),
        (JUMP_IF_EQUAL, 2, 0, numbers.unshare),
        (JUMP_IF_EQUAL, 1, 0, numbers.clone),
        (RETURN, 0, 0, ALLOW),
        (LOAD, 0, 0, FIRST_ARGUMENT),
        (JUMP_IF_ANY_BIT, 1, 0, NEW_NAMESPACE),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, NOT_PERMITTED),
        (RETURN, 0, 0, NO_SUCH_CALL),
    ];
    let mut bytes = Vec::new();
    for (operation, holds, fails, number) in instructions {
        bytes.extend_from_slice(&u16::to_ne_bytes(operation));
        bytes.extend_from_slice(&[holds, fails]);
        bytes.extend_from_slice(&u32::to_ne_bytes(number));
    }
    bytes
}
