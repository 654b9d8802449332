//! Dates as sources give them: a year, a month, or a day.

use std::fmt;
use std::str::FromStr;

/// A date as precise as it is known. Ordered by time; a year sorts before its months, a month before its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// 1000 to 9999.
    pub year: u16,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31; only where the month is known.
    pub day: Option<u8>,
}

impl Date {
    /// A full date; `None` where there is no such day.
    pub fn from_ymd(year: u16, month: u8, day: u8) -> Option<Self> {
        let (y, m, d) = (
            i16::try_from(year).ok()?,
            i8::try_from(month).ok()?,
            i8::try_from(day).ok()?,
        );
        jiff::civil::Date::new(y, m, d).ok()?;
        (year >= 1000).then_some(Self {
            year,
            month: Some(month),
            day: Some(day),
        })
    }
}

impl Date {
    /// Reads a date, or a day with the time of it as programs write it: `2031-05-02T10:00:00Z`, `2031-05-02 10:00 +0200`. The day
    /// counts as it is written, wherever on earth that is.
    pub fn of_moment(text: &str) -> Result<Self, String> {
        let day = text
            .split_once(['T', 't', ' '])
            .filter(|(day, time)| day.len() == 10 && is_time(time.trim_start()));
        day.map_or(text, |(day, _)| day).parse()
    }
}

/// `10:00`, `10:00:00.5`, and a zone after it: `Z`, `+02:00`, `UTC`, `[Europe/Vienna]`.
fn is_time(text: &str) -> bool {
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ',')))
        .unwrap_or(text.len());
    let (clock, zone) = text.split_at(end);
    let mut parts = clock.split(':');
    let is_part = |part: &str, below: u8| {
        part.len() == 2 && part.parse::<u8>().is_ok_and(|number| number < below)
    };
    let hour = parts.next().is_some_and(|part| is_part(part, 24));
    let minute = parts.next().is_some_and(|part| is_part(part, 60));
    let second = parts.next().is_none_or(|part| {
        let (whole, fraction) = part.split_once(['.', ',']).unwrap_or((part, "0"));
        // 60 is a leap second.
        is_part(whole, 61) && !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit())
    });
    let is_zone = zone
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || " +-:/_[]\u{2212}".contains(c));
    hour && minute && second && parts.next().is_none() && is_zone && zone.len() <= 40
}

impl FromStr for Date {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("“{text}” is not a date: write YYYY, YYYY-MM or YYYY-MM-DD");
        let mut parts = text.split('-');
        let number = |part: Option<&str>, digits: usize| match part {
            None => Ok(None),
            Some(part) if part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()) => {
                part.parse::<u16>().map(Some).map_err(|_| wrong())
            }
            Some(_) => Err(wrong()),
        };
        let year = number(parts.next(), 4)?
            .filter(|year| *year >= 1000)
            .ok_or_else(wrong)?;
        let month = number(parts.next(), 2)?;
        let day = number(parts.next(), 2)?;
        if parts.next().is_some() {
            return Err(wrong());
        }
        match (month, day) {
            (None, _) => Ok(Self {
                year,
                month: None,
                day: None,
            }),
            (Some(month @ 1..=12), None) => Ok(Self {
                year,
                month: Some(month as u8),
                day: None,
            }),
            (Some(month @ 1..=12), Some(day @ 1..=31)) => {
                Self::from_ymd(year, month as u8, day as u8).ok_or_else(wrong)
            }
            _ => Err(wrong()),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_its_day() {
        for text in [
            "2031-05-02",
            "2031-05-02T10:00:00Z",
            "2031-05-02 10:00:00 +0200",
            "2031-05-02T10:00",
            "2031-05-02t23:59:60.123456+02:00",
            "2031-05-02 10:00:00 UTC",
        ] {
            assert_eq!(Date::of_moment(text).unwrap().to_string(), "2031-05-02");
        }
        for wrong in [
            "2031-05-02T",
            "2031-05-02T25:00",
            "2031-05-02 noon",
            "2031-05-02T10",
            "2031-05T10:00",
            "2031-02-30T10:00",
            "2031-05-02T10:00; and more",
        ] {
            assert!(Date::of_moment(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn dates_read_back_as_written() {
        for text in ["2026", "2026-01", "2026-01-08"] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
        for wrong in [
            "26",
            "2026-1",
            "2026-13",
            "2026-02-30",
            "2026-01-08-1",
            "yesterday",
            "",
        ] {
            assert!(wrong.parse::<Date>().is_err(), "{wrong}");
        }
    }
}
