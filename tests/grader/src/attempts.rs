//! Puts together what one student has handed in, and leaves out what does not count.

use std::time::SystemTime;

use crate::intake::lms::Origin;
use crate::intake::submission::Submission;
use crate::roster::{Roster, Student};

/// One student's submissions, the latest first.
pub struct Attempts {
    /// As the class list has the student.
    pub student: Option<Student>,
    pub all: Vec<Submission>,
}

/// Whose a submission is.
#[derive(PartialEq, Eq)]
enum Owner {
    Listed(usize),
    Moodle(String),
    Canvas(String),
    Unknown(String),
}

impl Attempts {
    /// Those of each student, in the order of the names.
    pub fn of(submissions: Vec<Submission>, roster: Option<&Roster>) -> Vec<Attempts> {
        let mut students: Vec<(Owner, Attempts)> = Vec::new();
        for submission in submissions {
            let listed = roster.and_then(|roster| roster.student(&submission));
            let owner = Owner::of(&submission, listed);
            match students.iter_mut().find(|(known, _)| *known == owner) {
                Some((_, attempts)) => attempts.all.push(submission),
                None => {
                    let student = listed
                        .zip(roster)
                        .map(|(index, it)| it.students[index].1.clone());
                    let all = vec![submission];
                    students.push((owner, Attempts { student, all }));
                }
            }
        }
        let mut students: Vec<Attempts> = students.into_iter().map(|(_, it)| it).collect();
        for attempts in &mut students {
            attempts
                .all
                .sort_by_key(|it| std::cmp::Reverse((it.origin.attempt(), changed(it))));
        }
        students
    }
}

impl Owner {
    fn of(submission: &Submission, listed: Option<usize>) -> Owner {
        match (listed, &submission.origin) {
            (Some(index), _) => Owner::Listed(index),
            (None, Origin::Moodle { participant, .. }) => Owner::Moodle(participant.clone()),
            (None, Origin::Canvas { user, .. }) => Owner::Canvas(user.clone()),
            (None, Origin::Plain) => Owner::Unknown(submission.stem.clone()),
        }
    }
}

/// When the file itself was last changed.
fn changed(submission: &Submission) -> Option<SystemTime> {
    let times = submission
        .parts
        .iter()
        .map(|part| part.path.metadata()?.modified());
    times.filter_map(Result::ok).max()
}

#[cfg(test)]
mod tests {
    use super::Attempts;
    use crate::intake::submission::Submission;
    use crate::scratch::Scratch;

    #[test]
    fn the_latest_attempt_of_each_student_comes_first() {
        let folder = Scratch::new();
        for name in [
            "haddadamal_1234_5678_lab3-1.zip",
            "haddadamal_1234_5678_lab3-2.zip",
            "haddadamal_1234_5678_lab3.zip",
            "sami.zip",
        ] {
            folder.file(name, "");
        }
        let students = Attempts::of(Submission::all(&folder).unwrap(), None);
        let stems: Vec<Vec<&str>> = students
            .iter()
            .map(|it| it.all.iter().map(|it| &*it.stem).collect())
            .collect();
        let amal = [
            "haddadamal-1234-5678-2",
            "haddadamal-1234-5678-1",
            "haddadamal-1234-5678",
        ];
        assert_eq!(stems, [amal.to_vec(), vec!["sami"]]);
    }
}
