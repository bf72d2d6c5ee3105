//! Clients that vanish with their network. Two network namespaces of our own,
//! joined by a pair of virtual interfaces: the server and the members live in
//! one, the visitors in the other, until the wire between them is cut.

use std::net::SocketAddr;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::limits::is_installed;
use super::stopped::Visitors;
use super::{Faults, Verdict, stage};

/// Addresses that exist in these two namespaces only.
const HOME: [u8; 4] = [10, 231, 0, 1];
const HOME_NET: &str = "10.231.0.1/30";
const AWAY_NET: &str = "10.231.0.2/30";
/// The interface in each of them.
const WIRE: &str = "wire";

pub fn vanished(faults: &Faults) -> Result<Verdict> {
    if let Some(away) = &faults.away {
        return inside(faults, away);
    }
    if !is_installed("ip") {
        return Ok(Verdict::NotHere("needs Linux and ip".to_owned()));
    }
    match Namespaces::new() {
        Ok(namespaces) => namespaces.run(faults),
        Err(error) => Ok(Verdict::NotHere(format!("needs root: {error:#}"))),
    }
}

/// In the home namespace: the wire is cut first and the visitors are killed
/// after, so that nothing that the system says for them gets through.
fn inside(faults: &Faults, away: &str) -> Result<Verdict> {
    let mut stage = stage(&[], &format!("{} --host 0.0.0.0", faults.server))?;
    let address = SocketAddr::from((HOME, stage.bench.server.address.port()));
    let visitors = Visitors::join(&mut stage, &["ip", "netns", "exec", away], Some(address))?;
    ip(&["link", "set", WIRE, "down"])?;
    drop(visitors);
    let gone =
        |room: &crate::room::Room| room.members[0].left.count() >= super::stopped::VISITORS.into();
    stage.chat_until("the vanished to be let go", gone)?;
    stage.ends_as_it_began()
}

struct Namespaces {
    home: String,
    away: String,
}

impl Namespaces {
    fn new() -> Result<Namespaces> {
        let pid = std::process::id();
        let both = Namespaces {
            home: format!("room-load-home-{pid}"),
            away: format!("room-load-away-{pid}"),
        };
        ip(&["netns", "add", &both.home])?;
        ip(&["netns", "add", &both.away])?;
        let (home, away) = (both.home.as_str(), both.away.as_str());
        ip(&[
            "link", "add", WIRE, "netns", home, "type", "veth", "peer", "name", WIRE, "netns", away,
        ])?;
        for (namespace, address) in [(home, HOME_NET), (away, AWAY_NET)] {
            ip(&["-n", namespace, "address", "add", address, "dev", WIRE])?;
            ip(&["-n", namespace, "link", "set", "lo", "up"])?;
            ip(&["-n", namespace, "link", "set", WIRE, "up"])?;
        }
        Ok(both)
    }

    /// Runs this program once more, in the home namespace.
    fn run(&self, faults: &Faults) -> Result<Verdict> {
        let program = std::env::current_exe().context("cannot tell my own name")?;
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &self.home]).arg(program);
        command.args([
            "faults",
            "vanished",
            "--server",
            &faults.server,
            "--away",
            &self.away,
        ]);
        let output = command.output().context("cannot run ip netns exec")?;
        let told = String::from_utf8_lossy(&output.stdout);
        let told = told.trim();
        ensure!(output.status.success(), "{told}");
        let how = told.split_once(": ").map_or(told, |(_, how)| how);
        Ok(Verdict::Stood(how.to_owned()))
    }
}

impl Drop for Namespaces {
    fn drop(&mut self) {
        for namespace in [&self.home, &self.away] {
            let _ = ip(&["netns", "delete", namespace]);
        }
    }
}

fn ip(arguments: &[&str]) -> Result<()> {
    let output = Command::new("ip")
        .args(arguments)
        .output()
        .context("cannot run ip")?;
    let why = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success(),
        "ip {}: {}",
        arguments.join(" "),
        why.trim()
    );
    Ok(())
}
