//! The class list, as Moodle and Canvas export it: who is in the class, and the table in
//! which a platform takes marks back.
//!
//! Columns are known by their headings in English; the order does not matter.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use harness::{apart, say};
use serde::{Deserialize, Serialize};

use crate::intake::lms::Origin;
use crate::intake::submission::Submission;
use course::output::cannot_read;

/// A student as the class list has them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Student {
    pub name: String,
    pub id: String,
    pub email: String,
    pub section: String,
    /// Moodle's number of a participant, as in `Participant 48213`.
    #[serde(skip)]
    pub participant: String,
    /// Canvas' number of a user.
    #[serde(skip)]
    pub canvas: String,
}

pub struct Roster {
    pub heading: Vec<String>,
    /// All rows of the table, those included that are no student's.
    pub rows: Vec<Vec<String>>,
    /// The students, each with the number of its row.
    pub students: Vec<(usize, Student)>,
}

impl Roster {
    /// Reads a class list.
    ///
    /// # Errors
    /// If the file cannot be read, or no column holds names.
    pub fn read(path: &Path) -> Result<Roster> {
        let bytes = std::fs::read(path).with_context(|| cannot_read(path.display()))?;
        let text = String::from_utf8_lossy(&bytes);
        let roster = Roster::parse(text.trim_start_matches('\u{feff}'))?;
        let name = apart(path.display());
        ensure!(
            !roster.students.is_empty(),
            say!(
                "{name} names no student: a column such as \"Full name\" or \"Student\" is needed",
                "لا طالب في {name}: المطلوب عمود مثل \u{2068}\"Full name\"\u{2069} أو \u{2068}\"Student\"\u{2069}"
            )
        );
        Ok(roster)
    }

    fn parse(text: &str) -> Result<Roster> {
        let first = text.lines().next().unwrap_or_default();
        let count = |delimiter: &u8| first.bytes().filter(|byte| byte == delimiter).count();
        let delimiter = *[b',', b';', b'\t']
            .iter()
            .rev()
            .max_by_key(|it| count(it))
            .unwrap_or(&b',');
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .from_reader(text.as_bytes());
        let mut rows = Vec::new();
        for row in reader.records() {
            rows.push(row?.iter().map(String::from).collect::<Vec<String>>());
        }
        ensure!(!rows.is_empty(), "the class list is empty");
        let heading: Vec<String> = rows
            .remove(0)
            .iter()
            .map(|it| it.trim().to_string())
            .collect();
        let columns = Columns::of(&heading);
        let students = rows.iter().enumerate();
        let students = students.filter_map(|(index, row)| Some((index, columns.student(row)?)));
        let students = students.collect();
        Ok(Roster {
            heading,
            rows,
            students,
        })
    }

    /// The one student who can have handed this in.
    pub fn student(&self, submission: &Submission) -> Option<usize> {
        let is_hers = |student: &Student| match &submission.origin {
            Origin::Moodle {
                participant, name, ..
            } => {
                student.participant == *participant
                    || (student.participant.is_empty() && student.is_called(name))
            }
            Origin::Canvas { user, name, .. } => {
                student.canvas == *user || (student.canvas.is_empty() && student.is_called(name))
            }
            Origin::Plain => student.is_called(&submission.name),
        };
        let mut found = (0..self.students.len()).filter(|index| is_hers(&self.students[*index].1));
        found.next().filter(|_| found.next().is_none())
    }
}

impl Student {
    /// Whether a name is the student's, the ID, the address, or holds one of them:
    /// `lab3-amal.haddad`, `2024117_lab3`, `haddadamal`.
    pub fn is_called(&self, text: &str) -> bool {
        let words = words(text);
        let holds = |part: &str| !part.is_empty() && words.iter().any(|word| word == part);
        let (mut own, mut given) = (self::words(&self.name), words.clone());
        let joined = |words: &[String]| words.concat();
        let forwards = joined(&own);
        let last_first = own
            .last()
            .map(|last| format!("{last}{}", joined(&own[..own.len() - 1])));
        let is_joined =
            !forwards.is_empty() && (holds(&forwards) || last_first.is_some_and(|it| holds(&it)));
        own.sort();
        given.sort();
        let account = self
            .email
            .split('@')
            .next()
            .unwrap_or_default()
            .to_lowercase();
        let text = text.to_lowercase();
        let has_account = !account.is_empty() && text.split(['_', ' ']).any(|it| it == account);
        holds(&self.id.to_lowercase())
            || own == given
            || is_joined
            || has_account
            || holds(&account)
            || text == self.email.to_lowercase()
    }
}

/// Runs of letters and digits, in lower case.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|it: char| !it.is_alphanumeric());
    parts
        .filter(|it| !it.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Where the columns are.
struct Columns(Vec<String>);

impl Columns {
    fn of(heading: &[String]) -> Columns {
        Columns(heading.iter().map(|it| it.to_lowercase()).collect())
    }

    /// The value in the first of these columns that is there.
    fn value(&self, row: &[String], names: &[&str]) -> String {
        let column = names
            .iter()
            .find_map(|name| self.0.iter().position(|it| it == name));
        let value = column.and_then(|column| row.get(column));
        value.map(|it| it.trim().to_string()).unwrap_or_default()
    }

    /// The row's student; `None` for a row that is no student's.
    fn student(&self, row: &[String]) -> Option<Student> {
        let is_canvas = self.0.iter().any(|it| it.starts_with("sis "));
        let id = if is_canvas { "sis user id" } else { "id" };
        let parts = [
            self.value(row, &["first name", "first names"]),
            self.value(row, &["last name", "surname", "last names"]),
        ];
        let name = match self.value(row, &["full name", "name", "student"]) {
            name if name.is_empty() => parts.join(" ").trim().to_string(),
            name => name,
        };
        // Canvas writes `Haddad, Amal`.
        let name = match name.split_once(", ") {
            Some((last, first)) => format!("{first} {last}"),
            None => name,
        };
        let participant = self.value(row, &["identifier"]);
        let participant = participant
            .rsplit(' ')
            .next()
            .unwrap_or_default()
            .to_string();
        let is_student = !name.is_empty()
            && !matches!(&*name, "Points Possible" | "Test Student" | "Student Test");
        is_student.then(|| Student {
            name,
            id: self.value(row, &["id number", "student id", "idnumber", id]),
            email: self.value(row, &["email address", "email", "sis login id", "username"]),
            section: self.value(row, &["section", "group", "groups"]),
            participant,
            canvas: if is_canvas {
                self.value(row, &["id"])
            } else {
                String::new()
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Roster, Student};

    fn only(text: &str) -> Student {
        let roster = Roster::parse(text).unwrap();
        assert_eq!(roster.students.len(), 1);
        roster.students[0].1.clone()
    }

    #[test]
    fn a_grading_worksheet_of_moodle_is_read() {
        let student = only(
            "Identifier,\"Full name\",\"ID number\",\"Email address\",Status,Grade,\"Maximum Grade\",\"Grade can be changed\",\"Last modified (submission)\",\"Last modified (grade)\",\"Feedback comments\"\n\
             \"Participant 48213\",\"Amal Haddad\",2024117,amal@example.org,\"Submitted for grading - Not marked\",,8.00,Yes,\"Friday, 27 November 2026, 10:12 AM\",-,\n",
        );
        let expected = Student {
            name: "Amal Haddad".to_string(),
            id: "2024117".to_string(),
            email: "amal@example.org".to_string(),
            participant: "48213".to_string(),
            ..Student::default()
        };
        assert_eq!(student, expected);
    }

    #[test]
    fn a_list_of_participants_and_a_gradebook_of_canvas_are_read() {
        let moodle = only(
            "\u{feff}First name;Last name;ID number;Email address;Groups\nAmal;Haddad;7;amal@x;A\n"
                .trim_start_matches('\u{feff}'),
        );
        assert_eq!(
            (&*moodle.name, &*moodle.id, &*moodle.section),
            ("Amal Haddad", "7", "A")
        );
        let canvas = only(
            "Student,ID,SIS User ID,SIS Login ID,Section,Lab 1 (55)\n    Points Possible,,,,,5.00\n\"Haddad, Amal\",1234,2024117,amal,NET-1,\n\"Student, Test\",9,,abc,NET-1,\n",
        );
        let read = (
            &*canvas.name,
            &*canvas.canvas,
            &*canvas.id,
            &*canvas.section,
        );
        assert_eq!(read, ("Amal Haddad", "1234", "2024117", "NET-1"));
    }

    #[test]
    fn a_student_is_known_by_name_id_and_address() {
        let student = Student {
            name: "Amal Haddad".to_string(),
            id: "2024117".to_string(),
            email: "amal.haddad@example.org".to_string(),
            ..Student::default()
        };
        for name in [
            "Amal Haddad",
            "haddad_amal",
            "haddadamal",
            "2024117_lab3",
            "amal.haddad@example.org",
            "amal.haddad_lab3",
        ] {
            assert!(student.is_called(name), "{name}");
        }
        for name in ["amal", "Amal Haddad Nasser", "2024", ""] {
            assert!(!student.is_called(name), "{name}");
        }
    }
}
