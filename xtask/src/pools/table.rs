//! The sessions of New York's pools as rows of a table.

use std::collections::BTreeMap;
use std::path::Path;

use adil_domain::Date;
use anyhow::Context;

/// One session on one day at one pool.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) year: String,
    pub(crate) pool: String,
    pub(crate) session: String,
    weekday: String,
    /// Days since the first of June.
    day: i64,
    /// The middle of the band, degrees Fahrenheit.
    temperature: String,
    weather: String,
    lifeguards: String,
    size: String,
    kind: String,
    borough: String,
    pub(crate) attendance: f64,
}

/// More people than this never came on another day; the counts above are taken for slips of the pen.
pub(crate) const MOST: f64 = 3_000.0;

/// Every session with a count, in the order of the file.
pub(crate) fn rows(source: &Path) -> anyhow::Result<Vec<Row>> {
    let mut pools: BTreeMap<String, [String; 3]> = BTreeMap::new();
    let mut reader = csv::Reader::from_path(source.join("pools.csv"))?;
    let header = reader.headers()?.clone();
    let at = |name: &str| {
        header.iter().position(|h| h == name).with_context(|| format!("pools.csv has no {name}"))
    };
    let columns = [at("total_cubic_feet")?, at("main_type")?, at("borough")?];
    let id = at("pool_id")?;
    for row in reader.records() {
        let row = row?;
        let cell = |at: usize| row.get(at).unwrap_or("").to_owned();
        pools.insert(cell(id), columns.map(cell));
    }
    let mut reader = csv::Reader::from_path(source.join("sessions.csv"))?;
    let mut rows = Vec::new();
    for row in reader.records() {
        let row = row?;
        let cell = |at: usize| row.get(at).unwrap_or("");
        let Ok(attendance) = cell(6).parse::<f64>() else { continue };
        if attendance > MOST {
            continue;
        }
        let date: Date = cell(0).parse().with_context(|| format!("`{}` is no day", cell(0)))?;
        let june = Date::new(date.year(), 6, 1)?;
        let [size, kind, borough] = pools.get(cell(1)).cloned().unwrap_or_default();
        rows.push(Row {
            year: date.year().to_string(),
            pool: cell(1).to_owned(),
            session: cell(2).to_owned(),
            weekday: format!("{:?}", date.weekday()),
            day: i64::from(date.since(june)?.get_days()),
            temperature: temperature(cell(8)),
            weather: cell(9).replace("PartlyCloudySunny", "Partly Cloudy/Sunny"),
            lifeguards: cell(7).to_owned(),
            size,
            kind,
            borough,
            attendance,
        });
    }
    Ok(rows)
}

/// `Low 80s` is about 81, `Mid 80s` 85, `High 80s` 88.
fn temperature(band: &str) -> String {
    let Some((part, tens)) = band.split_once(' ') else { return String::new() };
    let tens: u32 = tens.trim_end_matches('s').parse().unwrap_or(0);
    match (part, tens) {
        (_, 0) => String::new(),
        ("Low", tens) => (tens + 1).to_string(),
        ("Mid", tens) => (tens + 5).to_string(),
        (_, tens) => (tens + 8).to_string(),
    }
}

/// The pools, by identifier.
pub(crate) fn pools(rows: &[Row]) -> Vec<String> {
    let mut pools: Vec<String> = rows.iter().map(|row| row.pool.clone()).collect();
    pools.sort_unstable();
    pools.dedup();
    pools
}

pub(crate) fn write(path: &Path, rows: &[Row]) -> anyhow::Result<()> {
    let mut writer = csv::Writer::from_path(path)?;
    writer.write_record([
        "year",
        "pool",
        "session",
        "weekday",
        "day",
        "temperature",
        "weather",
        "lifeguards",
        "size",
        "kind",
        "borough",
        "attendance",
    ])?;
    for row in rows {
        let (day, attendance) = (row.day.to_string(), row.attendance.to_string());
        writer.write_record([
            &row.year,
            &row.pool,
            &row.session,
            &row.weekday,
            &day,
            &row.temperature,
            &row.weather,
            &row.lifeguards,
            &row.size,
            &row.kind,
            &row.borough,
            &attendance,
        ])?;
    }
    writer.flush()?;
    Ok(())
}
