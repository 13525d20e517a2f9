//! The twelve months before the round: on which days sections meet.

use jiff::civil::{Date, Weekday, date};

/// The year that the timesheets cover.
pub(crate) const YEAR: i16 = 2023;
/// The day on which the round judges.
pub(crate) const AS_OF: &str = "2024-01-15";
/// The last day of the year before.
pub(crate) const YEAR_END: &str = "2023-12-31";
/// Weeks in the year, by which visits of a year become visits of a week.
pub(crate) const WEEKS: u64 = 52;

/// Which days of the week a class meets. The first two and the last two never share a day.
pub(crate) const PATTERNS: [&[Weekday]; 4] = [
    &[Weekday::Monday, Weekday::Wednesday, Weekday::Friday],
    &[Weekday::Tuesday, Weekday::Thursday, Weekday::Saturday],
    &[Weekday::Monday, Weekday::Friday],
    &[Weekday::Tuesday, Weekday::Saturday],
];
/// When classes begin: every hour and a half around school.
pub(crate) const STARTS: [(u8, u8); 7] = [(9, 0), (10, 30), (14, 0), (15, 30), (17, 0), (18, 30), (20, 0)];

/// Days off, month and day (general knowledge; the simulation needs some, not these).
const HOLIDAYS: [(i8, i8); 13] = [
    (1, 1),
    (1, 2),
    (1, 7),
    (3, 8),
    (3, 21),
    (3, 22),
    (3, 23),
    (5, 1),
    (5, 7),
    (5, 9),
    (7, 6),
    (10, 25),
    (12, 16),
];

/// A month of the year.
#[derive(Debug, Clone)]
pub(crate) struct Month {
    /// `2023-04`.
    pub(crate) name: String,
    /// The last day and the six after it, as text.
    pub(crate) ends: Vec<String>,
    /// Days of the month by pattern.
    pub(crate) days: Vec<Vec<i8>>,
    /// Sundays, on which no class meets.
    pub(crate) sundays: Vec<i8>,
    /// How many days it has.
    pub(crate) length: i8,
    /// Holidays from school: fewer come.
    pub(crate) summer: bool,
}

/// The months in order.
pub(crate) fn months() -> Vec<Month> {
    (1..=12)
        .map(|month| {
            let first = date(YEAR, month, 1);
            let last = first.last_of_month();
            let days = PATTERNS.iter().map(|pattern| meeting_days(first, pattern)).collect();
            let ends = std::iter::successors(Some(last), |d| d.tomorrow().ok())
                .take(7)
                .map(|d| d.to_string())
                .collect();
            Month {
                name: format!("{YEAR}-{month:02}"),
                ends,
                days,
                sundays: meeting_days(first, &[Weekday::Sunday]),
                length: first.days_in_month(),
                summer: matches!(month, 7 | 8),
            }
        })
        .collect()
}

fn meeting_days(first: Date, pattern: &[Weekday]) -> Vec<i8> {
    (1..=first.days_in_month())
        .filter(|day| {
            let weekday = date(first.year(), first.month(), *day).weekday();
            pattern.contains(&weekday) && !HOLIDAYS.contains(&(first.month(), *day))
        })
        .collect()
}

/// The day so many days before the first of a month.
pub(crate) fn before(month: usize, days: i64) -> String {
    use jiff::ToSpan;
    let first = i8::try_from(month + 1).ok().and_then(|m| Date::new(YEAR, m, 1).ok());
    first.and_then(|d| d.checked_sub(days.days()).ok()).map_or_else(String::new, |d| d.to_string())
}

/// Whether two classes meet at the same time on some days.
pub(crate) const fn meet_together(a: &crate::model::Class, b: &crate::model::Class) -> bool {
    a.start == b.start && a.pattern % 2 == b.pattern % 2
}

/// `1;3;5`: Monday is 1 (ISO 8601).
pub(crate) fn weekdays(pattern: usize) -> String {
    let days = PATTERNS.get(pattern).copied().unwrap_or_default();
    days.iter().map(|d| d.to_monday_one_offset().to_string()).collect::<Vec<_>>().join(";")
}
