//! When something was seen: a day, and the minute where it is known.

use adil_domain::Date;

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// A day and, where it is known, the time of day with its shift from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// Minutes since the first day of 1970, in UTC where the shift is known.
    start: i64,
    /// How many more minutes it may have been: those of a day where only the day is known.
    width: i64,
    /// The day as it was written.
    pub day: Date,
}

impl Moment {
    /// Reads `2026-03-01`, `2026-03-01T18:30`, with seconds and a shift or without; anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let day: Date = text.get(..10)?.parse().ok()?;
        let midnight = i64::from((day - Date::constant(1970, 1, 1)).get_days()) * DAY;
        let rest = text.get(10..)?;
        if rest.is_empty() {
            return Some(Self { start: midnight, width: DAY - 1, day });
        }
        let clock = rest.strip_prefix(['T', 't', ' '])?;
        let zone_at = clock.find(['Z', 'z', '+', '-']).unwrap_or(clock.len());
        let (time, zone) = clock.split_at(zone_at);
        let minute = minutes(time)?;
        let shift =
            match zone.strip_prefix('+').map(|east| (1, east)).or(zone.strip_prefix('-').map(|w| (-1, w))) {
                Some((sign, shift)) => sign * minutes(shift)?,
                None => 0,
            };
        Some(Self { start: midnight + minute - shift, width: 0, day })
    }

    /// The first minute it may have been.
    pub(crate) const fn start(self) -> i64 {
        self.start
    }

    /// The last minute it may have been.
    pub(crate) const fn end(self) -> i64 {
        self.start + self.width
    }
}

/// Hours and minutes as minutes; seconds are left out.
fn minutes(text: &str) -> Option<i64> {
    let (hour, rest) = text.split_once(':')?;
    let minute = rest.split(':').next()?;
    let (hour, minute): (i64, i64) = (hour.parse().ok()?, minute.parse().ok()?);
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_minute_of_two_zones_is_one() {
        let east = Moment::parse("2026-03-01T18:30:59+05:00").unwrap();
        let utc = Moment::parse("2026-03-01 13:30Z").unwrap();
        assert_eq!(east.start(), utc.start());
        assert_eq!(east.end(), utc.end());
    }

    #[test]
    fn a_day_is_as_wide_as_a_day() {
        let day = Moment::parse("2026-03-01").unwrap();
        assert_eq!(day.end() - day.start(), 1439);
        for wrong in ["", "2026-13-01", "2026-03-01T25:00", "01.03.2026", "2026-03-01X10:00", "2026-03-01T10"]
        {
            assert_eq!(Moment::parse(wrong), None, "{wrong}");
        }
    }
}
