//! The seccomp filter for bubblewrap: no new namespaces, in which a program could mount
//! memory without bounds, and no tracing of other processes.
//!
//! A forbidden call fails with ENOSYS: after a failed `clone3` the C library then uses
//! `clone`, whose flags the filter can see.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule,
};

/// On x86-64 the same calls have a second set of numbers (x32), from here on.
const SECOND_SET: i64 = 0x4000_0000;

/// The words that start bubblewrap, with the filter where there is one for this
/// processor: it reads the filter from a file descriptor, so a shell is needed.
pub fn bubblewrap() -> Vec<String> {
    let Ok(program) = program() else {
        return vec!["bwrap".to_string()];
    };
    let instruction = |it: &seccompiler::sock_filter| {
        let (code, k) = (it.code.to_ne_bytes(), it.k.to_ne_bytes());
        [&code[..], &[it.jt, it.jf], &k].concat()
    };
    let bytes = program.iter().flat_map(instruction);
    let bytes: String = bytes.map(|byte| format!("\\{byte:03o}")).collect();
    let script =
        format!("printf '{bytes}' | {{ exec 9<&0 </dev/null; exec bwrap --seccomp 9 \"$@\"; }}");
    ["sh", "-c", &script, "sh"].map(String::from).to_vec()
}

/// The filter.
///
/// # Errors
/// If seccompiler does not know this processor.
fn program() -> Result<BpfProgram> {
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = BTreeMap::new();
    let forbidden = [
        libc::SYS_clone3,
        libc::SYS_setns,
        libc::SYS_ptrace,
        libc::SYS_process_vm_writev,
    ];
    for set in [0, SECOND_SET] {
        rules.extend(forbidden.map(|call| (call | set, Vec::new())));
        for call in [libc::SYS_clone, libc::SYS_unshare] {
            rules.insert(call | set, new_namespace()?);
        }
    }
    let filter = SeccompFilter::new(
        rules,
        SeccompAction::Allow,
        SeccompAction::Errno(libc::ENOSYS as u32),
        std::env::consts::ARCH.try_into()?,
    );
    filter?.try_into().context("the filter is too long")
}

/// A rule for each kind of namespace that the first argument may ask for.
fn new_namespace() -> Result<Vec<SeccompRule>> {
    let flags = [
        libc::CLONE_NEWNS,
        libc::CLONE_NEWCGROUP,
        libc::CLONE_NEWUTS,
        libc::CLONE_NEWIPC,
        libc::CLONE_NEWUSER,
        libc::CLONE_NEWPID,
        libc::CLONE_NEWNET,
    ];
    let rule = |flag: libc::c_int| {
        let flag = flag as u64;
        let is_set = SeccompCmpOp::MaskedEq(flag);
        let condition = SeccompCondition::new(0, SeccompCmpArgLen::Qword, is_set, flag)?;
        SeccompRule::new(vec![condition])
    };
    let rules: Result<Vec<SeccompRule>, _> = flags.map(rule).into_iter().collect();
    Ok(rules?)
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    /// Runs a command under the filter, without bubblewrap's own namespaces.
    fn succeeds(words: &[&str]) -> bool {
        let script = super::bubblewrap().remove(2).replace(
            "exec bwrap --seccomp 9",
            "exec bwrap --dev-bind / / --seccomp 9",
        );
        let mut command = Command::new("sh");
        command.args(["-c", &script, "sh"]).args(words);
        command.output().is_ok_and(|output| output.status.success())
    }

    #[test]
    fn no_namespace_can_be_made_and_threads_can() {
        if !succeeds(&["true"]) {
            eprintln!("bubblewrap does not work here: the filter is not tested");
            return;
        }
        assert!(!succeeds(&["unshare", "--user", "true"]));
        assert!(!succeeds(&["unshare", "--mount", "true"]));
        assert!(succeeds(&["sh", "-c", "sleep 0 & wait"]));
    }
}
