//! The generator sees what a room does wrong, and nothing in a room that is right.

mod common;

use common::Sin;
use room_load::bench;
use room_load::dialect::Dialect;
use room_load::ledger::Flaws;
use room_load::plan::{Scenario, Wishes};
use room_load::report::Report;
use room_load::target::{Place, Target};

fn run(scenario: Scenario, sin: Sin) -> Report {
    let address = common::open(sin).to_string();
    let target = Target {
        name: "a room in the test".to_owned(),
        dialect: Dialect::Room,
        place: Place::Address(address),
    };
    let wishes = Wishes {
        clients: Some(4),
        senders: Some(1),
        seconds: Some(0.2),
        others: Some(8),
        rounds: Some(3),
        ..Wishes::default()
    };
    bench::run(&target, scenario, wishes.plan(scenario)).expect("the scenario runs")
}

fn flaws_of_a_flood(sin: Sin) -> Flaws {
    let report = run(Scenario::Flood, sin);
    assert!(
        report.figure("deliveries") > Some(1000.0),
        "{}",
        report.table()
    );
    report.flaws
}

#[test]
fn an_honest_room_has_no_flaw_in_any_scenario() {
    let scenarios = [
        Scenario::Flood,
        Scenario::Paced,
        Scenario::FanOut,
        Scenario::Turns,
        Scenario::Churn,
        Scenario::Fragments,
        Scenario::Silent,
    ];
    for scenario in scenarios {
        let report = run(scenario, Sin::None);
        assert!(report.is_good(), "{}", report.table());
    }
}

#[test]
fn lost_lines_are_counted_as_lost() {
    let flaws = flaws_of_a_flood(Sin::Loses);
    assert!(flaws.lost > 0, "{flaws:?}");
    assert_eq!(Flaws { lost: 0, ..flaws }, Flaws::default());
}

#[test]
fn doubled_lines_are_counted_as_doubled() {
    let flaws = flaws_of_a_flood(Sin::Doubles);
    assert!(flaws.doubled > 0, "{flaws:?}");
    assert_eq!(
        Flaws {
            doubled: 0,
            ..flaws
        },
        Flaws::default()
    );
}

#[test]
fn swapped_lines_are_counted_as_reordered() {
    let flaws = flaws_of_a_flood(Sin::Swaps);
    assert!(flaws.reordered > 0, "{flaws:?}");
    assert_eq!(flaws.doubled + flaws.damaged, 0, "{flaws:?}");
}

#[test]
fn damaged_lines_are_counted_as_damaged_and_missing() {
    let flaws = flaws_of_a_flood(Sin::Damages);
    assert!(flaws.damaged > 0, "{flaws:?}");
    assert_eq!(flaws.lost, flaws.damaged, "{flaws:?}");
}
