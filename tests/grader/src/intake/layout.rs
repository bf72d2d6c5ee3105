//! Where a file of a submission belongs in the course.
//!
//! ```text
//!   …/lab3/server/src/main.rs   …/lab3-server/src/main.rs      known, in any case
//!   …/server/src/main.rs                                       if one judged lab has it
//!   main.rs, server.rs, a lone .rs file                        if one program is meant
//! ```

use course::starter::Starter;

/// A file's place in the course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// `labs/lab3/server/src/main.rs`.
    pub place: String,
    /// The folder in the submission in which the course begins.
    pub root: String,
    pub lab: u32,
}

/// The place of a path that names the lab and the program.
pub fn known(path: &str, starters: &[&Starter]) -> Option<Placed> {
    find(path, starters, |starter| {
        let (lab, program) = (format!("lab{}", starter.lab), starter.program.as_str());
        vec![
            vec![lab.clone(), program.to_string(), "src".to_string()],
            vec![format!("{lab}-{program}"), "src".to_string()],
        ]
    })
}

/// The place of a path that names the program alone; `starters` are those it can mean.
pub fn by_program(path: &str, starters: &[&Starter]) -> Option<Placed> {
    let is_one = |starter: &&&Starter| {
        let mut others = starters.iter().filter(|it| it.program == starter.program);
        others.nth(1).is_none()
    };
    let starters: Vec<&Starter> = starters.iter().filter(is_one).copied().collect();
    find(path, &starters, |starter| {
        vec![vec![starter.program.clone(), "src".to_string()]]
    })
}

/// Looks for one of the rows of folders that `rows` gives for each starter.
fn find(
    path: &str,
    starters: &[&Starter],
    rows: impl Fn(&Starter) -> Vec<Vec<String>>,
) -> Option<Placed> {
    let parts: Vec<&str> = path.split('/').collect();
    if !path.ends_with(".rs") {
        return None;
    }
    for start in 0..parts.len() {
        for starter in starters {
            let begins = |row: &Vec<String>| {
                let here = parts[start..].iter().zip(row);
                parts.len() > start + row.len()
                    && here.clone().all(|(a, b)| a.eq_ignore_ascii_case(b))
            };
            if let Some(row) = rows(starter).into_iter().find(begins) {
                let rest = parts[start + row.len()..].join("/");
                return Some(placed(starter, &rest, root(&parts[..start])));
            }
        }
    }
    None
}

/// The folder above, without the course's own `labs`.
fn root(parts: &[&str]) -> String {
    let parts = match parts {
        [above @ .., last] if last.eq_ignore_ascii_case("labs") => above,
        all => all,
    };
    parts.join("/")
}

fn placed(starter: &Starter, rest: &str, root: String) -> Placed {
    Placed {
        place: format!("{}/src/{rest}", starter.folder()),
        root,
        lab: starter.lab,
    }
}

/// The starters of the labs that a name mentions (`lab3-amal.zip`, `Lab 3`); all of them if
/// it mentions none of theirs.
pub fn meant<'a>(name: &str, starters: &[&'a Starter]) -> Vec<&'a Starter> {
    let name = name.to_lowercase();
    let mentions = |lab: u32| {
        name.match_indices("lab").any(|(at, word)| {
            let rest = name[at + word.len()..].trim_start_matches([' ', '-', '_', '0']);
            let digits = rest
                .find(|it: char| !it.is_ascii_digit())
                .unwrap_or(rest.len());
            rest[..digits].parse() == Ok(lab)
        })
    };
    let meant: Vec<&Starter> = starters
        .iter()
        .copied()
        .filter(|it| mentions(it.lab))
        .collect();
    match meant.is_empty() {
        true => starters.to_vec(),
        false => meant,
    }
}

/// Places for files whose paths name neither lab nor program: those beside the one
/// `main.rs`, the one Rust file, or files called after a program (`server.rs`).
pub fn loose(paths: &[&str], starters: &[&Starter]) -> Vec<(usize, Placed)> {
    let rust: Vec<usize> = (0..paths.len())
        .filter(|it| paths[*it].ends_with(".rs"))
        .collect();
    let called = |index: usize| {
        let name = paths[index].rsplit('/').next().unwrap_or_default();
        let mut meant = starters
            .iter()
            .filter(|starter| name.eq_ignore_ascii_case(&format!("{}.rs", starter.program)));
        let starter = meant.next().filter(|_| meant.next().is_none())?;
        Some((
            index,
            placed(starter, "main.rs", folder(paths[index]).to_string()),
        ))
    };
    let named: Vec<(usize, Placed)> = rust.iter().filter_map(|index| called(*index)).collect();
    let is_twice =
        |placed: &Placed| named.iter().filter(|it| it.1.place == placed.place).count() > 1;
    if !named.is_empty() && !named.iter().any(|(_, placed)| is_twice(placed)) {
        return named;
    }
    let [starter] = starters else {
        return Vec::new();
    };
    if let [only] = rust[..] {
        return vec![(
            only,
            placed(starter, "main.rs", folder(paths[only]).to_string()),
        )];
    }
    let mains = rust
        .iter()
        .filter(|it| paths[**it].rsplit('/').next() == Some("main.rs"));
    let mains: Vec<&usize> = mains.collect();
    let [main] = mains[..] else {
        return Vec::new();
    };
    let above = folder(paths[*main]);
    let beside = |index: &usize| {
        let rest = match above {
            "" => Some(paths[*index]),
            above => paths[*index].strip_prefix(above)?.strip_prefix('/'),
        };
        Some((*index, placed(starter, rest?, above.to_string())))
    };
    rust.iter().filter_map(beside).collect()
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::{by_program, known, loose, meant};
    use course::starter::Starter;

    fn starter(lab: u32, program: &str) -> Starter {
        let program = program.to_string();
        Starter { lab, program }
    }

    #[test]
    fn a_path_that_names_lab_and_program_is_known_wherever_the_tree_begins() {
        let server = starter(3, "server");
        for (path, root) in [
            ("labs/lab3/server/src/main.rs", ""),
            ("lab3/server/src/main.rs", ""),
            ("Lab3/Server/src/main.rs", ""),
            ("lab3-server/src/main.rs", ""),
            ("amal/course/labs/lab3/server/src/main.rs", "amal/course"),
            ("lab3.zip/lab3/server/src/main.rs", "lab3.zip"),
        ] {
            let placed = known(path, &[&server]).expect(path);
            assert_eq!(placed.place, "labs/lab3/server/src/main.rs", "{path}");
            assert_eq!(placed.root, root, "{path}");
        }
        for path in [
            "tests/lab3.rs",
            "labs/lab3/Cargo.toml",
            "labs/lab3/server/build.rs",
            "labs/lab3/client/src/main.rs",
            "xlab3/server/src/main.rs",
        ] {
            assert_eq!(known(path, &[&server]), None, "{path}");
        }
    }

    #[test]
    fn a_program_alone_is_known_if_one_judged_lab_has_it() {
        let (first, third) = (starter(1, "server"), starter(3, "server"));
        let path = "server/src/main.rs";
        assert_eq!(by_program(path, &[&first, &third]), None);
        assert_eq!(by_program(path, &[&third]).unwrap().lab, 3);
    }

    #[test]
    fn a_name_tells_the_lab() {
        let all = [&starter(1, "server"), &starter(3, "server")];
        let labs = |name: &str| {
            meant(name, &all)
                .iter()
                .map(|it| it.lab)
                .collect::<Vec<_>>()
        };
        assert_eq!(labs("lab3-2.zip"), [3]);
        assert_eq!(labs("Lab 03 final.zip"), [3]);
        assert_eq!(labs("lab31.zip"), [1, 3]);
        assert_eq!(labs("amal.zip"), [1, 3]);
    }

    #[test]
    fn loose_files_are_placed_if_one_program_is_meant() {
        let (server, client) = (starter(2, "server"), starter(2, "client"));
        let places = |paths: &[&str], starters: &[&Starter]| {
            let found = loose(paths, starters).into_iter();
            found
                .map(|(index, it)| format!("{} {}", paths[index], it.place))
                .collect::<Vec<_>>()
        };
        let one = [&server];
        assert_eq!(
            places(&["x/my.rs"], &one),
            ["x/my.rs labs/lab2/server/src/main.rs"]
        );
        assert_eq!(
            places(&["src/main.rs", "src/line.rs", "old/x.rs"], &one),
            [
                "src/main.rs labs/lab2/server/src/main.rs",
                "src/line.rs labs/lab2/server/src/line.rs"
            ]
        );
        assert_eq!(places(&["a/main.rs", "b/main.rs"], &one), [""; 0]);
        let two = [&server, &client];
        assert_eq!(places(&["main.rs"], &two), [""; 0]);
        assert_eq!(
            places(&["server.rs", "Client.rs"], &two),
            [
                "server.rs labs/lab2/server/src/main.rs",
                "Client.rs labs/lab2/client/src/main.rs"
            ]
        );
    }
}
