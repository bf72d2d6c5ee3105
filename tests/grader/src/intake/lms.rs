//! What a learning platform's file names say: who handed it in, and which attempt it is.
//!
//! ```text
//!   Moodle   Amal Haddad_48213_assignsubmission_file_      a folder, or with the file's
//!            Amal Haddad_48213_assignsubmission_file_a.zip name; from 4.1 on without the
//!                                                          last `_` of the folder
//!   Canvas   haddadamal_LATE_1234_5678_lab3-2.zip          user, submission, attempt
//! ```

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    Moodle {
        name: String,
        participant: String,
        plugin: String,
    },
    Canvas {
        name: String,
        user: String,
        submission: u64,
        attempt: u64,
        is_late: bool,
    },
    #[default]
    Plain,
}

impl Origin {
    /// Reads the name of a file or folder, without its ending.
    pub fn of(name: &str) -> Origin {
        moodle(name)
            .or_else(|| canvas(name))
            .unwrap_or(Origin::Plain)
    }

    pub fn name(&self) -> Option<&str> {
        match self {
            Origin::Moodle { name, .. } | Origin::Canvas { name, .. } => Some(name),
            Origin::Plain => None,
        }
    }

    /// What tells this submission from others of students with the same name.
    pub fn stem(&self, name: &str) -> String {
        match self {
            Origin::Moodle { participant, .. } => {
                format!("{}-{participant}", name.replace(' ', "-"))
            }
            Origin::Canvas {
                submission,
                attempt,
                user,
                ..
            } if *attempt > 0 => {
                format!("{name}-{user}-{submission}-{attempt}")
            }
            Origin::Canvas {
                submission, user, ..
            } => format!("{name}-{user}-{submission}"),
            Origin::Plain => name.to_string(),
        }
    }

    /// Whether two files belong to one submission.
    pub fn is_same(&self, other: &Origin) -> bool {
        match (self, other) {
            (
                Origin::Moodle {
                    participant: one, ..
                },
                Origin::Moodle {
                    participant: other, ..
                },
            ) => one == other,
            (Origin::Canvas { .. }, Origin::Canvas { .. }) => self == other,
            _ => false,
        }
    }

    /// What Moodle saves of a text box, which no program is in.
    pub fn is_online_text(&self) -> bool {
        matches!(self, Origin::Moodle { plugin, .. } if plugin == "onlinetext")
    }

    /// Later attempts have larger numbers.
    pub fn attempt(&self) -> (u64, u64) {
        match self {
            Origin::Canvas {
                submission,
                attempt,
                ..
            } => (*submission, *attempt),
            _ => (0, 0),
        }
    }

    pub fn is_late(&self) -> bool {
        matches!(self, Origin::Canvas { is_late: true, .. })
    }
}

fn moodle(name: &str) -> Option<Origin> {
    let (student, rest) = name.split_once("_assignsubmission_")?;
    let (name, participant) = student.rsplit_once('_')?;
    Some(Origin::Moodle {
        name: name.to_string(),
        participant: number(participant)?.to_string(),
        plugin: rest.split('_').next().unwrap_or(rest).to_string(),
    })
}

fn canvas(text: &str) -> Option<Origin> {
    let mut words = text.split('_');
    let name = words.next().filter(|name| !name.is_empty())?;
    let mut words = words.peekable();
    let is_late = words.next_if_eq(&"LATE").is_some();
    let user = number(words.next()?)?;
    let submission = number(words.next()?)?.parse().ok()?;
    let file = words.collect::<Vec<&str>>().join("_");
    // Canvas numbers further attempts: `lab3-1`, `lab3-2`.
    let attempt = file
        .rsplit_once('-')
        .and_then(|(_, number)| number.parse().ok());
    (!file.is_empty()).then(|| Origin::Canvas {
        name: name.to_string(),
        user: user.to_string(),
        submission,
        attempt: attempt.unwrap_or(0),
        is_late,
    })
}

fn number(text: &str) -> Option<&str> {
    let is_number = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    is_number.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::Origin;

    #[test]
    fn moodles_names_tell_the_participant() {
        for name in [
            "Amal Haddad_48213_assignsubmission_file_",
            "Amal Haddad_48213_assignsubmission_file",
            "Amal Haddad_48213_assignsubmission_file_lab3",
        ] {
            let origin = Origin::of(name);
            assert_eq!(origin.name(), Some("Amal Haddad"), "{name}");
            assert_eq!(origin.stem("Amal Haddad"), "Amal-Haddad-48213");
        }
        assert!(Origin::of("A B_7_assignsubmission_onlinetext_").is_online_text());
    }

    #[test]
    fn canvas_names_tell_the_user_the_attempt_and_lateness() {
        let origin = Origin::of("haddadamal_LATE_1234_5678_lab3-2");
        assert_eq!(origin.name(), Some("haddadamal"));
        assert!(origin.is_late());
        assert_eq!(origin.attempt(), (5678, 2));
        assert!(Origin::of("a_1_2_lab3-10").attempt() > Origin::of("a_1_2_lab3-9").attempt());
    }

    #[test]
    fn other_names_are_plain() {
        for name in [
            "amal",
            "lab3_1_2",
            "amal_1",
            "amal_x_2_lab",
            "a_1_2_",
            "odd-x_y",
        ] {
            assert_eq!(Origin::of(name), Origin::Plain, "{name}");
        }
    }
}
