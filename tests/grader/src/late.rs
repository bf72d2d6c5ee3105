//! Time stamps, deadlines, and how many days late a submission is.

use anyhow::{Context, Result};
use chrono::NaiveDate;
use toml::value::{Datetime, Offset};

const DAY: i64 = 24 * 60 * 60;

/// Seconds since 1970: in UTC or, in a zip, in the packer's own time, which is taken for
/// that of the deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    seconds: i64,
    is_local: bool,
}

impl Stamp {
    pub fn utc(seconds: u64) -> Stamp {
        Stamp {
            seconds: seconds as i64,
            is_local: false,
        }
    }

    /// `None` if the archive's date is none.
    pub fn of_zip(time: zip::DateTime) -> Option<Stamp> {
        let (year, month, day) = (time.year(), time.month(), time.day());
        let date = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into())?;
        let (hour, minute, second) = (time.hour(), time.minute(), time.second());
        let time = date.and_hms_opt(hour.into(), minute.into(), second.into())?;
        Some(Stamp {
            seconds: time.and_utc().timestamp(),
            is_local: true,
        })
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Deadline {
    utc: i64,
    /// Seconds that the deadline's clock is ahead of UTC.
    ahead: i64,
}

impl Deadline {
    /// Reads `2026-11-27T23:59:00+02:00`.
    ///
    /// # Errors
    /// If the date, the time or the offset is missing or wrong.
    pub fn of(value: &Datetime) -> Result<Deadline> {
        let wanted =
            || format!("a deadline such as 2026-11-27T23:59:00+02:00 is needed, found {value}");
        let (date, time) = value.date.zip(value.time).with_context(wanted)?;
        let ahead = match value.offset.with_context(wanted)? {
            Offset::Z => 0,
            Offset::Custom { minutes } => i64::from(minutes) * 60,
        };
        let day = NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into());
        let second = time.second.unwrap_or_default();
        let time =
            day.and_then(|it| it.and_hms_opt(time.hour.into(), time.minute.into(), second.into()));
        let local = time.with_context(wanted)?.and_utc().timestamp();
        Ok(Deadline {
            utc: local - ahead,
            ahead,
        })
    }

    /// Days that have begun since the deadline; 0 if it was kept.
    pub fn days_late(&self, stamp: Stamp) -> u32 {
        let end = if stamp.is_local {
            self.utc + self.ahead
        } else {
            self.utc
        };
        let late = (stamp.seconds - end).max(0);
        ((late + DAY - 1) / DAY).try_into().unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::{Deadline, Stamp};

    #[test]
    fn days_that_have_begun_are_counted() {
        let deadline = Deadline::of(&"1970-01-02T02:00:00+02:00".parse().unwrap()).unwrap();
        let day = 24 * 60 * 60;
        for (seconds, days) in [
            (0, 0),
            (day, 0),
            (day + 1, 1),
            (2 * day, 1),
            (2 * day + 1, 2),
        ] {
            assert_eq!(deadline.days_late(Stamp::utc(seconds)), days, "{seconds}");
        }
    }

    #[test]
    fn a_zips_time_is_that_of_the_deadlines_clock() {
        let deadline = Deadline::of(&"2026-11-27T23:59:00+02:00".parse().unwrap()).unwrap();
        let at = |hour, minute| {
            Stamp::of_zip(zip::DateTime::from_date_and_time(2026, 11, 27, hour, minute, 0).unwrap())
        };
        assert_eq!(deadline.days_late(at(23, 58).unwrap()), 0);
        let next = zip::DateTime::from_date_and_time(2026, 11, 28, 0, 1, 0).unwrap();
        assert_eq!(deadline.days_late(Stamp::of_zip(next).unwrap()), 1);
    }

    #[test]
    fn a_deadline_needs_a_date_a_time_and_an_offset() {
        for text in ["2026-11-27", "2026-11-27T23:59:00", "23:59:00"] {
            assert!(Deadline::of(&text.parse().unwrap()).is_err(), "{text}");
        }
    }
}
