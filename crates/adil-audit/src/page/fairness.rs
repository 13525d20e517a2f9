//! Who gets how much, and why?

use super::picture::{self, Mark, Row};
use super::{Part, Section, Table, Teller};
use crate::fairness::{Comparison, GroupLine, Share};
use crate::people::{PeopleBy, PeopleComparison, PeopleLine};
use crate::{Fixed, Gap, Kind};

/// From so many groups on a table is folded away: the picture says it.
const LONG: usize = 9;

pub(super) fn section(teller: &Teller<'_>) -> Section {
    let fairness = &teller.audit.fairness;
    let mut parts: Vec<Part> = fairness.comparisons.iter().map(|c| comparison(teller, c)).collect();
    parts.extend(fairness.people.iter().map(|p| people(teller, p)));
    if !fairness.absent.is_empty() {
        let kinds = fairness.absent.iter().map(|k| teller.say(&format!("absent-{}", k.as_str())));
        let kinds: Vec<String> = kinds.collect();
        parts.push(Part {
            title: teller.say("absent-title"),
            text: vec![teller.message("absent-text").text("kinds", kinds.join(", ")).say()],
            ..Part::default()
        });
    }
    Section {
        id: "fairness",
        heading: teller.say("fairness-heading"),
        lead: lead(teller),
        parts,
        caveat: teller.say("fairness-caveat"),
    }
}

/// The groups farthest from the whole, of those that chance does not explain.
fn lead(teller: &Teller<'_>) -> String {
    let fairness = &teller.audit.fairness;
    if fairness.comparisons.is_empty() {
        return teller.say("fairness-none");
    }
    let mut beyond: Vec<(Fixed, String)> = Vec::new();
    // That a pool costs more than a goal is no question of fairness; where who and where is known, that comes first.
    let about_people =
        |c: &&Comparison| !matches!(c.dimension.kind, Kind::Programme | Kind::Sport | Kind::Facility);
    for comparison in fairness.comparisons.iter().filter(about_people) {
        for (line, group) in comparison.lines.iter().zip(&comparison.dimension.groups) {
            let share = &line.per_application;
            if let (Some(ratio), Some(interval)) = (share.ratio, share.interval)
                && interval.excludes(Fixed::ONE)
            {
                beyond.push((ratio, teller.group(group)));
            }
        }
    }
    let low = beyond.iter().filter(|(r, _)| *r < Fixed::ONE).min();
    let high = beyond.iter().filter(|(r, _)| *r > Fixed::ONE).max();
    let said = |message: adil_report::Message<'_>, low: Option<&(Fixed, String)>| match low {
        Some((ratio, name)) => message.text("low", name).strong("low-ratio", teller.two(*ratio)).say(),
        None => message.say(),
    };
    match (high, low) {
        (Some((ratio, name)), low) => {
            let id = if low.is_some() { "fairness-both" } else { "fairness-high" };
            said(teller.message(id).text("high", name).strong("high-ratio", teller.two(*ratio)), low)
        }
        (None, Some(_)) => said(teller.message("fairness-low"), low),
        (None, None) => teller.say("fairness-even"),
    }
}

fn comparison(teller: &Teller<'_>, comparison: &Comparison) -> Part {
    let dimension = &comparison.dimension;
    let title = teller.dimension(dimension);
    let mut order: Vec<usize> = (0..comparison.lines.len()).collect();
    order.sort_by_key(|g| (std::cmp::Reverse(comparison.lines[*g].per_application.ratio), *g));
    let rows: Vec<Row> = order
        .iter()
        .map(|g| {
            let share = &comparison.lines[*g].per_application;
            Row {
                label: teller.group(&dimension.groups[*g]),
                value: teller.ratio(share.ratio, share.interval),
                mark: Mark::Ratio(share.ratio, share.interval),
            }
        })
        .collect();
    let folded = order.len() >= LONG;
    let mut tables = vec![money(teller, comparison, &order)];
    let gaps = gaps(teller, comparison, &order);
    let mut text = vec![per_resident(teller, comparison), unexplained(teller, comparison)];
    text.retain(|t| !t.is_empty());
    tables.extend(gaps);
    for table in &mut tables {
        table.folded = folded;
    }
    Part {
        svg: picture::rows(teller, &title, &rows),
        note: teller
            .message("ratio-note")
            .text("file", &dimension.column.0)
            .text("column", &dimension.column.1)
            .say(),
        title,
        text,
        tables,
        ..Part::default()
    }
}

fn money(teller: &Teller<'_>, comparison: &Comparison, order: &[usize]) -> Table {
    let any = |of: fn(&GroupLine) -> bool| comparison.lines.iter().any(of);
    let (residents, children) = (any(|l| l.per_resident.is_some()), any(|l| l.per_child.is_some()));
    let decimals = |share: &Share| {
        if share.amount >= adil_domain::Rational::from(1000i32) {
            0
        } else {
            teller.words.currency.decimals()
        }
    };
    let amount = |share: &Share| teller.words.number(&share.amount, decimals(share));
    let per_head = |share: Option<&Share>| {
        share.map(|s| {
            teller
                .message("amount-and-ratio")
                .text("amount", amount(s))
                .text("ratio", s.ratio.map(|r| teller.two(r)).unwrap_or_default())
                .say()
        })
    };
    let mut head: Vec<String> = [
        "column-group",
        "column-applications",
        "column-funded",
        "column-held",
        "column-ineligible",
        "column-mean-points",
        "column-amount",
        "column-per-application",
    ]
    .iter()
    .map(|id| teller.say(id))
    .collect();
    head.extend(residents.then(|| teller.say("column-per-resident")));
    head.extend(children.then(|| teller.say("column-per-child")));
    let row = |g: &usize| {
        let line = &comparison.lines[*g];
        let mut cells = vec![
            teller.group(&comparison.dimension.groups[*g]),
            teller.words.count(line.applications),
            teller.words.count(line.funded),
            teller.words.count(line.held),
            teller.words.count(line.ineligible),
            teller.points(line.points),
            teller.words.amount(line.money),
            amount(&line.per_application),
        ];
        cells.extend(residents.then(|| per_head(line.per_resident.as_ref()).unwrap_or_default()));
        cells.extend(children.then(|| per_head(line.per_child.as_ref()).unwrap_or_default()));
        cells
    };
    Table {
        caption: teller.message("money-table").text("currency", teller.words.currency_name()).say(),
        head,
        rows: order.iter().map(row).collect(),
        ..Table::default()
    }
}

/// Most and least money per resident, where the tables say how many live there.
fn per_resident(teller: &Teller<'_>, comparison: &Comparison) -> String {
    let known = comparison.lines.iter().zip(&comparison.dimension.groups).filter_map(|(line, group)| {
        let share = line.per_resident.as_ref()?;
        Some((share.ratio?, std::cmp::Reverse(&group.key), share, group))
    });
    let known: Vec<_> = known.collect();
    let (Some(most), Some(least)) =
        (known.iter().max_by_key(|k| (k.0, k.1)), known.iter().min_by_key(|k| (k.0, k.1)))
    else {
        return String::new();
    };
    teller
        .message("per-resident")
        .text("high", teller.group(most.3))
        .text("high-ratio", teller.ratio(Some(most.0), most.2.interval))
        .text("low", teller.group(least.3))
        .text("low-ratio", teller.ratio(Some(least.0), least.2.interval))
        .say()
}

/// The sentence about the group whose difference is least explained.
fn unexplained(teller: &Teller<'_>, comparison: &Comparison) -> String {
    let known = comparison.gaps.iter().zip(&comparison.dimension.groups).filter_map(|(g, group)| {
        let gap = g.as_ref()?;
        Some((gap, group))
    });
    let mut known: Vec<(&Gap, _)> = known.collect();
    if known.is_empty() {
        return String::new();
    }
    known.retain(|(gap, _)| gap.is_unexplained());
    let Some((gap, group)) = known
        .into_iter()
        .max_by_key(|(g, group)| (g.unexplained.minor().abs(), std::cmp::Reverse(&group.key)))
    else {
        return teller.say("gap-none");
    };
    let size = |m: adil_domain::Money| {
        let absolute = adil_domain::Money::from_minor(m.minor().abs(), m.currency());
        teller.words.major(&whole(absolute))
    };
    let direction = |m: adil_domain::Money| if m.minor() < 0 { "less" } else { "more" };
    teller
        .message("gap")
        .text("group", teller.group(group))
        .text("difference", size(gap.difference))
        .text("direction", direction(gap.difference))
        .text("explained", size(gap.explained))
        .text("explained-direction", direction(gap.explained))
        .strong("rest", size(gap.unexplained))
        .text("rest-direction", direction(gap.unexplained))
        .say()
}

/// An estimate in whole major units: cents of an estimate would only look exact.
fn whole(money: adil_domain::Money) -> adil_domain::Rational {
    money.to_rational().fixed(0)
}

fn gaps(teller: &Teller<'_>, comparison: &Comparison, order: &[usize]) -> Option<Table> {
    let amount = |m: adil_domain::Money| teller.words.number(&whole(m), 0);
    let row = |g: &usize| {
        let gap = comparison.gaps[*g].as_ref()?;
        Some(vec![
            teller.group(&comparison.dimension.groups[*g]),
            teller.words.count(gap.applications),
            amount(gap.difference),
            amount(gap.explained),
            teller
                .message("with-interval")
                .text("value", amount(gap.unexplained))
                .text("low", amount(gap.low))
                .text("high", amount(gap.high))
                .say(),
            teller.say(if gap.is_unexplained() { "gap-beyond" } else { "gap-chance" }),
        ])
    };
    let rows: Vec<Vec<String>> = order.iter().filter_map(row).collect();
    let head = [
        "column-group",
        "column-decided",
        "column-difference",
        "column-explained",
        "column-rest",
        "column-chance",
    ];
    (!rows.is_empty()).then(|| Table {
        caption: teller.message("gap-table").text("currency", teller.words.currency_name()).say(),
        head: head.iter().map(|id| teller.say(id)).collect(),
        rows,
        words: vec![5],
        ..Table::default()
    })
}

/// Money by the people whom it reaches.
fn people(teller: &Teller<'_>, comparison: &PeopleComparison) -> Part {
    let name = |key: &str| match comparison.by {
        PeopleBy::Counted => {
            let schema = &teller.audit.decision.schema;
            let words = |entity| adil_policy::Schema::words(schema, entity, key, teller.words.language);
            [adil_policy::Entity::Facility, adil_policy::Entity::Application]
                .into_iter()
                .find_map(words)
                .unwrap_or_else(|| key.to_owned())
        }
        PeopleBy::Sex => match key {
            "f" | "female" | "w" => teller.say("group-girls"),
            "m" | "male" => teller.say("group-boys"),
            other => teller.words.value(other),
        },
        PeopleBy::Age => {
            let ends =
                key.split_once('-').map(|(a, b)| (a.trim_start_matches('0'), b.trim_start_matches('0')));
            let (low, high) = ends.unwrap_or_default();
            let low = if low.is_empty() { "0" } else { low };
            teller.message("group-ages").text("low", low).text("high", high).say()
        }
    };
    let title = teller.say(match comparison.by {
        PeopleBy::Counted => "people-title",
        PeopleBy::Sex => "people-sex",
        PeopleBy::Age => "people-age",
    });
    let (text, note) = match comparison.by {
        PeopleBy::Counted => ("people-text", "people-note"),
        PeopleBy::Sex | PeopleBy::Age => ("children-text", "children-note"),
    };
    let rows: Vec<Row> = comparison
        .lines
        .iter()
        .map(|l| Row {
            label: name(&l.key),
            value: teller.ratio(l.per_person.ratio, l.per_person.interval),
            mark: Mark::Ratio(l.per_person.ratio, l.per_person.interval),
        })
        .collect();
    let row = |l: &PeopleLine| {
        vec![
            name(&l.key),
            teller.words.number(&adil_domain::Rational::from(l.people), 0),
            teller.words.number(&l.per_person.amount, teller.words.currency.decimals()),
        ]
    };
    let head = ["column-group", "column-people-counted", "column-per-person"];
    Part {
        svg: picture::rows(teller, &title, &rows),
        title,
        text: vec![teller.say(text)],
        note: teller.say(note),
        tables: vec![Table {
            caption: teller.message("people-table").text("currency", teller.words.currency_name()).say(),
            head: head.iter().map(|id| teller.say(id)).collect(),
            rows: comparison.lines.iter().map(row).collect(),
            ..Table::default()
        }],
        ..Part::default()
    }
}
