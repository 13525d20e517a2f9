//! What applications can be compared by: the columns that say where, who and for whom, found by their names in the
//! contract and in the data package.

use std::collections::BTreeMap;

use adil_domain::Language;
use adil_round::folder::POPULATION;
use adil_round::table::Table;

use crate::cases::{Cases, TABLES, number, people};

/// What a comparison is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Town or village.
    Settlement,
    /// A level of places, such as regions or districts.
    Place,
    /// The legal form of the operator.
    LegalForm,
    /// The programme or kind of grant.
    Programme,
    /// The sport.
    Sport,
    /// The kind of facility.
    Facility,
    /// The sex of those whom the application serves.
    Sex,
    /// Their age.
    Age,
    /// Whether it is for people with disabilities.
    Disability,
}

impl Kind {
    /// All, in the order of a page.
    pub const ALL: [Self; 9] = [
        Self::Settlement,
        Self::Place,
        Self::LegalForm,
        Self::Programme,
        Self::Sport,
        Self::Facility,
        Self::Sex,
        Self::Age,
        Self::Disability,
    ];

    /// The word in `audit.json`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Settlement => "settlement",
            Self::Place => "place",
            Self::LegalForm => "legal-form",
            Self::Programme => "programme",
            Self::Sport => "sport",
            Self::Facility => "facility",
            Self::Sex => "sex",
            Self::Age => "age",
            Self::Disability => "disability",
        }
    }

    /// Names of columns that say so; a title in the data package counts as a name.
    const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Settlement => {
                &["rural", "is_rural", "territory_type", "settlement_type", "urban_rural", "in_a_village"]
            }
            Self::Place => &[],
            Self::LegalForm => &[
                "legal_form",
                "organisation_type",
                "organization_type",
                "kind_of_organisation",
                "operator_type",
            ],
            Self::Programme => {
                &["programme", "program", "scheme", "grant_category", "grant_type", "kind_of_grant"]
            }
            Self::Sport => &["sport"],
            Self::Facility => &["type", "facility_type", "kind_of_facility"],
            Self::Sex => &["sex", "gender"],
            Self::Age => &["age_group", "age_band", "ages"],
            Self::Disability => &[
                "disability",
                "with_disability",
                "disability_programme",
                "special_needs",
                "takes_children_with_special_needs",
            ],
        }
    }
}

/// What a group is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Label {
    /// As the table writes it.
    Text(String),
    /// A legal form: its code in the country's pack, or what the table writes.
    LegalForm(String),
    /// A place, by its position in the decision's territories.
    Place(usize),
    /// A message of the catalogue.
    Message(&'static str),
}

/// One group of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What the table says, or the code of the place.
    pub key: String,
    /// What it is called.
    pub label: Label,
    /// People who live there, where the tables say so.
    pub residents: Option<i128>,
    /// Children among them.
    pub children: Option<i128>,
}

/// A way to put applications side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    /// What it is about.
    pub kind: Kind,
    /// The file and column, or `territories.csv` and the level of places.
    pub column: (String, String),
    /// The groups, in the order of their keys.
    pub groups: Vec<Group>,
    /// The group of each application.
    pub of: Vec<usize>,
}

/// The most groups of one comparison; of a column with more, the smallest are taken together.
const GROUPS: usize = 24;
/// The most places that are compared with one another; where there are more, the curve of equality says it better.
const PLACES: usize = 60;

/// Every comparison that the tables allow, and the kinds they say nothing of.
pub(crate) fn dimensions(cases: &Cases<'_>) -> (Vec<Dimension>, Vec<Kind>) {
    let mut found = Vec::new();
    let mut absent = Vec::new();
    for kind in Kind::ALL {
        let of_kind = match kind {
            Kind::Place => by_place(cases),
            _ => columns_of(cases, kind).filter_map(|(t, c)| by_column(cases, kind, t, c)).take(1).collect(),
        };
        if of_kind.is_empty() {
            absent.push(kind);
        }
        found.extend(of_kind);
    }
    (found, absent)
}

/// Table and column that say what a kind asks for, the nearest table first.
fn columns_of<'c>(cases: &'c Cases<'_>, kind: Kind) -> impl Iterator<Item = (usize, usize)> + 'c {
    TABLES.into_iter().enumerate().flat_map(move |(t, file)| {
        let table = cases.inputs.table(file);
        let resource = cases.inputs.package.as_ref().and_then(|p| p.resource_for(file));
        let named = move |header: &String| {
            let title = resource.and_then(|r| r.field(header)).map_or("", |f| f.title().text(Language::EN));
            let title = title.to_lowercase().replace(' ', "_");
            kind.columns().iter().any(|name| *name == header.to_lowercase() || *name == title)
        };
        let headers = table.map_or(&[][..], Table::header);
        headers
            .iter()
            .enumerate()
            .filter(move |(_, h)| named(h))
            .map(move |(c, _)| (t, c))
            .collect::<Vec<_>>()
    })
}

fn by_column(cases: &Cases<'_>, kind: Kind, table: usize, column: usize) -> Option<Dimension> {
    let values: Vec<&str> = (0..cases.len()).map(|a| cases.cell(a, table, column).trim()).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for value in &values {
        *counts.entry(value).or_default() += 1;
    }
    if counts.keys().filter(|v| !v.is_empty()).count() < 2 {
        return None;
    }
    // A column in which nearly every application has a word of its own makes no groups.
    if counts.len() > GROUPS && counts.len() * 4 > cases.len() {
        return None;
    }
    let mut largest: Vec<(&str, usize)> = counts.into_iter().collect();
    largest.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let mut kept: Vec<&str> = largest.iter().take(GROUPS).map(|(v, _)| *v).collect();
    let others = largest.len() > GROUPS;
    kept.sort_unstable();
    let file = TABLES[table];
    let name = cases.inputs.table(file)?.name(column).to_owned();
    let residents = Residents::by_column(cases, &name);
    let mut groups: Vec<Group> = kept
        .iter()
        .map(|value| Group {
            key: (*value).to_owned(),
            label: label(kind, value),
            residents: residents.of(value).map(|r| r.0),
            children: residents.of(value).and_then(|r| r.1),
        })
        .collect();
    if others {
        let label = Label::Message("group-others");
        groups.push(Group { key: "…".to_owned(), label, residents: None, children: None });
    }
    let of = values.iter().map(|v| kept.binary_search(v).unwrap_or(kept.len())).collect();
    Some(Dimension { kind, column: (file.to_owned(), name), groups, of })
}

fn label(kind: Kind, value: &str) -> Label {
    let truth = match value.to_lowercase().as_str() {
        "true" | "yes" | "1" => Some(true),
        "false" | "no" | "0" => Some(false),
        _ => None,
    };
    match (kind, truth, value) {
        (_, _, "") => Label::Message("group-not-stated"),
        (Kind::Settlement, Some(true), _) | (Kind::Settlement, _, "rural") => Label::Message("group-rural"),
        (Kind::Settlement, Some(false), _) | (Kind::Settlement, _, "urban") => Label::Message("group-urban"),
        (Kind::Disability, Some(true), _) => Label::Message("group-disability"),
        (Kind::Disability, Some(false), _) => Label::Message("group-no-disability"),
        (Kind::Sex, _, "f" | "female" | "w") => Label::Message("group-female"),
        (Kind::Sex, _, "m" | "male") => Label::Message("group-male"),
        (Kind::LegalForm, _, _) => Label::LegalForm(value.to_owned()),
        _ => Label::Text(value.to_owned()),
    }
}

/// Every level of places that has several of them with applications.
fn by_place(cases: &Cases<'_>) -> Vec<Dimension> {
    let tree = &cases.inputs.tree;
    let one = |level: &str| {
        let nodes: Vec<Option<usize>> = (0..cases.len()).map(|a| cases.place_at(a, level)).collect();
        let mut kept: Vec<usize> = nodes.iter().flatten().copied().collect();
        kept.sort_by(|a, b| tree.code(*a).cmp(tree.code(*b)));
        kept.dedup();
        if kept.len() < 2 || kept.len() > PLACES {
            return None;
        }
        let children = children_by_place(cases, level);
        let mut groups: Vec<Group> = kept
            .iter()
            .map(|node| Group {
                key: tree.code(*node).to_owned(),
                label: Label::Place(*node),
                residents: population(cases, *node),
                children: children.as_ref().map(|c| c.get(node).copied().unwrap_or(0)),
            })
            .collect();
        if nodes.contains(&None) {
            let label = Label::Message("group-not-stated");
            groups.push(Group { key: String::new(), label, residents: None, children: None });
        }
        let at =
            |node: Option<usize>| node.and_then(|n| kept.iter().position(|k| *k == n)).unwrap_or(kept.len());
        Some(Dimension {
            kind: Kind::Place,
            column: (TABLES[3].to_owned(), level.to_owned()),
            groups,
            of: nodes.into_iter().map(at).collect(),
        })
    };
    tree.levels().into_iter().filter_map(one).collect()
}

/// The people of a place, when its table says so.
pub(crate) fn population(cases: &Cases<'_>, node: usize) -> Option<i128> {
    cases.decision.territories.get(node)?.population.as_ref().map(people)
}

/// Columns of `population.csv` that count children: `children`, `under_18`, or ages that end at 18 or below.
fn child_columns(table: &Table) -> Vec<usize> {
    let counts_children = |name: &str| {
        let ages = name.strip_prefix("age_").and_then(|ages| ages.split_once('_'));
        let last = ages.and_then(|(first, last)| first.parse::<u8>().ok().and(last.parse::<u8>().ok()));
        matches!(name, "children" | "under_18") || last.is_some_and(|last| last <= 18)
    };
    let headers = table.header().iter().enumerate();
    headers.filter(|(_, name)| counts_children(name)).map(|(column, _)| column).collect()
}

fn sum_of(table: &Table, row: usize, columns: &[usize]) -> i128 {
    columns.iter().filter_map(|c| number(table.cell(row, *c))).map(|n| people(&n)).sum()
}

fn children_by_place(cases: &Cases<'_>, level: &str) -> Option<BTreeMap<usize, i128>> {
    let table = cases.inputs.table(POPULATION)?;
    let (territory, columns) = (table.column("territory")?, child_columns(table));
    if columns.is_empty() {
        return None;
    }
    let mut sums = BTreeMap::new();
    for row in 0..table.len() {
        let node = cases.node_at(cases.inputs.tree.index_of(table.cell(row, territory)), level);
        if let Some(node) = node {
            *sums.entry(node).or_insert(0) += sum_of(table, row, &columns);
        }
    }
    Some(sums)
}

/// Residents, and children among them, by the word of a column of `population.csv`.
struct Residents<'a>(BTreeMap<&'a str, (i128, Option<i128>)>);

impl<'a> Residents<'a> {
    fn by_column(cases: &Cases<'a>, name: &str) -> Self {
        let table = cases.inputs.table(POPULATION);
        let Some((table, by, all)) = table.and_then(|t| Some((t, t.column(name)?, t.column("population")?)))
        else {
            return Self(BTreeMap::new());
        };
        let columns = child_columns(table);
        let mut sums: BTreeMap<&str, (i128, Option<i128>)> = BTreeMap::new();
        for row in 0..table.len() {
            let own = sums.entry(table.cell(row, by)).or_insert((0, (!columns.is_empty()).then_some(0)));
            own.0 += sum_of(table, row, &[all]);
            own.1 = own.1.map(|sum| sum + sum_of(table, row, &columns));
        }
        Self(sums)
    }

    fn of(&self, value: &str) -> Option<(i128, Option<i128>)> {
        self.0.get(value).copied().filter(|_| !value.is_empty())
    }
}
