//! Pictures. Places are in percent of the width, so that words and lines stay readable on a phone.

use std::fmt::Write as _;

use adil_report::escaped;

use super::teller::Teller;
use super::ticks;

/// One row of a picture of rows.
pub(super) struct Row {
    pub(super) label: String,
    /// Written at its end.
    pub(super) value: String,
    /// What is drawn: from and to, of which one is often the zero.
    pub(super) strong: (f64, f64),
    /// A broad pale bar behind.
    pub(super) pale: Option<(f64, f64)>,
    /// How far the truth may lie around the end of the bar.
    pub(super) error: f64,
    /// A mark that a person changed it.
    pub(super) by_hand: bool,
}

/// Rows one below the other, all on one scale that holds zero: words that wrap, and below them what is drawn.
pub(super) fn rows(teller: &Teller<'_>, title: &str, rows: &[Row]) -> String {
    let ends = |r: &Row| {
        let (a, b) = r.strong;
        let (c, d) = r.pale.unwrap_or(r.strong);
        [a, b, c, d, b - r.error, b + r.error]
    };
    let all = || rows.iter().flat_map(ends);
    let (low, high) = (all().fold(0.0, f64::min), all().fold(0.0, f64::max));
    let x = |v: f64| if high > low { (v - low) / (high - low) * 100.0 } else { 0.0 };
    let listed: Vec<String> = rows.iter().map(|r| format!("{}: {}", r.label, r.value)).collect();
    let alt = escaped(&format!("{title} {}", listed.join("; ")));
    let mut picture = format!("<div class=\"bars\" role=\"img\" aria-label=\"{alt}\">");
    let bar = |class: &str, (a, b): (f64, f64), y: u32, height: u32| {
        let (from, to) = (x(a.min(b)), x(a.max(b)));
        format!(
            "<rect class=\"{class}\" x=\"{from:.2}%\" y=\"{y}\" width=\"{:.2}%\" height=\"{height}\"/>",
            to - from
        )
    };
    for row in rows {
        let mut drawn = row.pale.map(|pale| bar("r", pale, 1, 10)).unwrap_or_default();
        drawn += &bar("k", row.strong, 3, 6);
        if row.error > 0.0 {
            let (a, b) = (x(row.strong.1 - row.error), x(row.strong.1 + row.error));
            let _ = write!(drawn, "<line class=\"err\" x1=\"{a:.2}%\" x2=\"{b:.2}%\" y1=\"6\" y2=\"6\"/>");
        }
        if low < 0.0 {
            let zero = x(0.0);
            let _ = write!(
                drawn,
                "<line class=\"zero\" x1=\"{zero:.2}%\" x2=\"{zero:.2}%\" y1=\"0\" y2=\"14\"/>"
            );
        }
        if row.by_hand {
            let _ = write!(drawn, "<circle class=\"hand\" cx=\"{:.2}%\" cy=\"6\" r=\"5\"/>", x(row.strong.1));
        }
        let _ = write!(
            picture,
            "<p><span>{}</span> <span>{}</span></p><svg height=\"14\" aria-hidden=\"true\">{drawn}</svg>",
            escaped(&row.label),
            escaped(&row.value)
        );
    }
    picture + &ribbon(teller) + "</div>"
}

/// Made-up rows are called so at every picture.
fn ribbon(teller: &Teller<'_>) -> String {
    if !teller.card.model.training.simulated {
        return String::new();
    }
    format!("<p class=\"z\">{}</p>", escaped(&teller.say("simulated")))
}

/// A step of a function of a number.
pub(super) struct Step {
    /// Where it begins and ends, in percent of the width.
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) points: f64,
    pub(super) error: f64,
    /// Its rows, beside those of the fullest step.
    pub(super) rows: f64,
    pub(super) by_hand: bool,
}

/// A function of a number.
pub(super) struct Steps {
    pub(super) title: String,
    /// The numbers in words, for those who don't see it.
    pub(super) description: String,
    pub(super) parts: Vec<Step>,
    /// What is not known, where that is worth drawing.
    pub(super) unknown: Option<Step>,
    /// Places and names on the scale below.
    pub(super) axis: Vec<(f64, String)>,
}

/// Height of the part where the function is drawn, and of the rows behind it.
const HEIGHT: f64 = 180.0;
const TOP: f64 = 16.0;
const STRIP: f64 = 32.0;

/// Steps with how sure they are, and below them the rows that they rest on.
pub(super) fn steps(teller: &Teller<'_>, figure: &Steps) -> String {
    let all = || figure.parts.iter().chain(&figure.unknown);
    let low = all().map(|s| s.points - s.error).fold(0.0, f64::min);
    let high = all().map(|s| s.points + s.error).fold(0.0, f64::max);
    let room = ((high - low) * 0.06).max(1e-9);
    let (low, high) = (low - room, high + room);
    let y = |v: f64| TOP + (high - v) / (high - low) * HEIGHT;
    let base = TOP + HEIGHT + 8.0 + STRIP;
    let mut svg = opening("plot", base + 22.0, &figure.title, &figure.description);
    let ticks = if teller.multiplies() { ticks::factors(low, high) } else { ticks::round(low, high, 5) };
    for tick in &ticks {
        let class = if tick.abs() < 1e-9 { "zero" } else { "grid" };
        let _ = write!(
            svg,
            "<line class=\"{class}\" x1=\"0\" x2=\"100%\" y1=\"{0:.1}\" y2=\"{0:.1}\"/>",
            y(*tick)
        );
    }
    for step in all() {
        let (from, width) = (step.from, step.to - step.from);
        let strip = STRIP * step.rows;
        let _ = write!(
            svg,
            "<rect class=\"r\" x=\"{from:.2}%\" y=\"{:.1}\" width=\"{width:.2}%\" height=\"{:.1}\"/>\
             <rect class=\"rowbar\" x=\"{from:.2}%\" y=\"{:.1}\" width=\"{width:.2}%\" height=\"{strip:.1}\"/>",
            y(step.points + step.error),
            (y(step.points - step.error) - y(step.points + step.error)).max(0.0),
            base - strip,
        );
    }
    let mut before: Option<f64> = None;
    for step in &figure.parts {
        if let Some(points) = before {
            let _ = write!(
                svg,
                "<line class=\"rise\" x1=\"{0:.2}%\" x2=\"{0:.2}%\" y1=\"{1:.1}\" y2=\"{2:.1}\"/>",
                step.from,
                y(points),
                y(step.points)
            );
        }
        before = Some(step.points);
    }
    for step in all() {
        let _ = write!(
            svg,
            "<line class=\"step\" x1=\"{:.2}%\" x2=\"{:.2}%\" y1=\"{2:.1}\" y2=\"{2:.1}\"/>",
            step.from,
            step.to,
            y(step.points)
        );
        if step.by_hand {
            let middle = f64::midpoint(step.from, step.to);
            let _ = write!(
                svg,
                "<circle class=\"hand\" cx=\"{middle:.2}%\" cy=\"{:.1}\" r=\"6\"/>",
                y(step.points)
            );
        }
    }
    let decimals = ticks::decimals(&ticks);
    // Names of the scale come last, so that nothing lies over them.
    for tick in &ticks {
        let name = if teller.multiplies() { teller.effect(*tick) } else { teller.signed(*tick, decimals) };
        let name = escaped(&name);
        let _ = write!(svg, "<text class=\"soft\" x=\"0\" y=\"{:.1}\">{name}</text>", y(*tick) - 3.0);
    }
    let _ = write!(svg, "<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"{base}\" y2=\"{base}\"/>");
    let unknown = figure.unknown.as_ref().map(|s| (f64::midpoint(s.from, s.to), "?".to_owned()));
    for (at, name) in figure.axis.iter().chain(&unknown) {
        let class = match *at {
            at if at < 4.0 => "",
            at if at > 97.0 || (figure.unknown.is_some() && (80.0..92.0).contains(&at)) => "e",
            _ => "m",
        };
        let _ = write!(
            svg,
            "<text class=\"soft {class}\" x=\"{at:.2}%\" y=\"{:.1}\">{}</text>",
            base + 16.0,
            escaped(name)
        );
    }
    svg + "</svg>" + &ribbon(teller)
}

/// Points of a square whose diagonal is perfect.
pub(super) struct Square {
    pub(super) title: String,
    pub(super) description: String,
    /// Across and up.
    pub(super) dots: Vec<(f64, f64)>,
    pub(super) across: String,
    pub(super) up: String,
}

/// Predicted beside true.
pub(super) fn square(teller: &Teller<'_>, figure: &Square) -> String {
    const SIDE: f64 = 300.0;
    let all = || figure.dots.iter().flat_map(|(a, b)| [*a, *b]);
    let (least, most) = (all().fold(f64::MAX, f64::min), all().fold(f64::MIN, f64::max));
    // From zero, unless that leaves most of it empty.
    let low = if least >= 0.0 && least < 0.7 * most { 0.0 } else { least - 0.05 * (most - least) };
    let high = most + 0.05 * (most - low).max(1e-9);
    let part = |v: f64| (v - low) / (high - low);
    let y = |v: f64| TOP + (1.0 - part(v)) * SIDE;
    let base = TOP + SIDE;
    let mut svg = opening("plot square", base + 40.0, &figure.title, &figure.description);
    let ticks = ticks::round(low, high, 4);
    let decimals = ticks::decimals(&ticks);
    for tick in &ticks {
        let name = escaped(&teller.number(*tick, decimals));
        let (across, up) = (100.0 * part(*tick), y(*tick));
        let _ = write!(
            svg,
            "<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"{up:.1}\" y2=\"{up:.1}\"/>\
             <line class=\"grid\" x1=\"{across:.2}%\" x2=\"{across:.2}%\" y1=\"{TOP}\" y2=\"{base}\"/>"
        );
        if part(*tick) > 0.02 {
            let _ = write!(
                svg,
                "<text class=\"soft\" x=\"2\" y=\"{:.1}\">{name}</text><text class=\"soft {}\" x=\"{across:.2}%\" y=\"{:.1}\">{name}</text>",
                up - 3.0,
                if across > 92.0 { "e" } else { "m" },
                base + 16.0
            );
        }
    }
    let _ = write!(svg, "<line class=\"even\" x1=\"0\" x2=\"100%\" y1=\"{base}\" y2=\"{TOP}\"/>");
    for (across, up) in &figure.dots {
        let _ = write!(
            svg,
            "<circle class=\"k\" cx=\"{:.2}%\" cy=\"{:.1}\" r=\"5\"/>",
            100.0 * part(*across),
            y(*up)
        );
    }
    let _ = write!(
        svg,
        "<text class=\"soft\" x=\"0\" y=\"{:.1}\">{}</text><text class=\"soft\" x=\"0\" y=\"{:.1}\">{}</text>",
        TOP - 4.0,
        escaped(&figure.up),
        base + 34.0,
        escaped(&figure.across)
    );
    svg + "</svg>" + &ribbon(teller)
}

fn opening(class: &str, height: f64, title: &str, description: &str) -> String {
    format!(
        "<svg class=\"{class}\" role=\"img\" height=\"{height:.0}\"><title>{}</title><desc>{}</desc>",
        escaped(title),
        escaped(description)
    )
}

/// A cell of a heat table.
pub(super) struct Heat {
    pub(super) text: String,
    pub(super) points: f64,
    /// No row stands behind it.
    pub(super) is_empty: bool,
}

/// A small table whose cells are coloured by what they hold.
pub(super) fn heat(
    teller: &Teller<'_>,
    corner: &str,
    columns: &[String],
    lines: &[(String, Vec<Heat>)],
) -> String {
    let most = lines.iter().flat_map(|(_, cells)| cells).map(|c| c.points.abs()).fold(0.0, f64::max);
    let class = |cell: &Heat| match if most > 0.0 { cell.points / most } else { 0.0 } {
        v if v < -0.5 => "d0",
        v if v < -0.125 => "d1",
        v if v <= 0.125 => "d2",
        v if v <= 0.5 => "d3",
        _ => "d4",
    };
    let mut table = format!(
        "<div class=\"wide\" tabindex=\"0\"><table class=\"heat\"><thead><tr><th>{}</th>",
        escaped(corner)
    );
    for column in columns {
        let _ = write!(table, "<th scope=\"col\">{}</th>", escaped(column));
    }
    table += "</tr></thead><tbody>";
    for (name, cells) in lines {
        let _ = write!(table, "<tr><th scope=\"row\">{}</th>", escaped(name));
        for cell in cells {
            let class = if cell.is_empty { "e" } else { class(cell) };
            let _ = write!(table, "<td class=\"{class}\">{}</td>", escaped(&cell.text));
        }
        table += "</tr>";
    }
    table + "</tbody></table></div>" + &ribbon(teller)
}

/// One line of a receipt.
pub(super) struct Item {
    pub(super) name: String,
    pub(super) detail: String,
    pub(super) amount: String,
    pub(super) is_total: bool,
}

/// A receipt, as a shop prints it.
pub(super) fn receipt(teller: &Teller<'_>, items: &[Item]) -> String {
    let mut text = "<div class=\"receipt\"><dl>".to_owned();
    for item in items {
        let detail = if item.detail.is_empty() {
            String::new()
        } else {
            format!("<small>{}</small>", escaped(&item.detail))
        };
        let _ = write!(
            text,
            "<div{}><dt>{}{detail}</dt><dd>{}</dd></div>",
            if item.is_total { " class=\"total\"" } else { "" },
            escaped(&item.name),
            escaped(&item.amount)
        );
    }
    text + "</dl></div>" + &ribbon(teller)
}
