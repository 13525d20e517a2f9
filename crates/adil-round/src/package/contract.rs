//! The columns that the round folder's contract names: their type whatever a package says, and which make up
//! the key.

use std::path::Path;

use crate::table::ColumnType;

/// A table of the contract.
#[derive(Debug, Clone, Copy)]
pub struct ContractTable {
    /// The file, or a folder ending in a slash whose CSV files are all of this kind.
    pub file: &'static str,
    /// What it holds, in a sentence.
    pub description: &'static str,
    /// The columns that are together unique; empty when rows may repeat.
    pub key: &'static [&'static str],
    /// The columns the contract names; a table may have any others.
    pub columns: &'static [ContractColumn],
    /// Columns whose values must be found in another table: column, file, column there.
    pub references: &'static [(&'static str, &'static str, &'static str)],
}

/// A column of the contract.
#[derive(Debug, Clone, Copy)]
pub struct ContractColumn {
    /// Its name.
    pub name: &'static str,
    /// What its cells are.
    pub column_type: ColumnType,
    /// Whether the table means nothing without it.
    pub required: bool,
    /// What it says.
    pub description: &'static str,
    /// Its unit, where it has one that is not money.
    pub unit: Option<&'static str>,
}

const fn text(name: &'static str, description: &'static str) -> ContractColumn {
    ContractColumn { name, column_type: ColumnType::Text, required: false, description, unit: None }
}

const fn number(name: &'static str, description: &'static str) -> ContractColumn {
    ContractColumn { name, column_type: ColumnType::Number, required: false, description, unit: None }
}

const fn measured(name: &'static str, description: &'static str, unit: &'static str) -> ContractColumn {
    ContractColumn { name, column_type: ColumnType::Number, required: false, description, unit: Some(unit) }
}

const fn date(name: &'static str, description: &'static str) -> ContractColumn {
    ContractColumn { name, column_type: ColumnType::Date, required: false, description, unit: None }
}

const fn truth(name: &'static str, description: &'static str) -> ContractColumn {
    ContractColumn { name, column_type: ColumnType::Truth, required: false, description, unit: None }
}

const fn required(column: ContractColumn) -> ContractColumn {
    ContractColumn { required: true, ..column }
}

const LAT: ContractColumn = measured("lat", "Latitude, WGS84", "degree");
const LON: ContractColumn = measured("lon", "Longitude, WGS84", "degree");
const FACILITY: ContractColumn = text("facility_id", "Identifier of the facility");
const SECTION: ContractColumn = text("section_id", "Identifier of the section or group");
const PARTICIPANT: ContractColumn = text("participant", "Keyed hash of the participant, never a name");

/// Every table of the contract.
pub const CONTRACT: &[ContractTable] = &[
    ContractTable {
        file: "applications.csv",
        description: "Applications for money: who asks, for which facility, how much.",
        key: &["application_id"],
        columns: &[
            required(text("application_id", "Identifier of the application")),
            FACILITY,
            required(number("amount_sought", "Amount asked for, in the round's currency")),
            number("amount_minimum", "Least amount that is of any use, in the round's currency"),
            text("purpose", "What the money is for"),
            number("previous_amount", "Amount paid the last time, in the round's currency"),
        ],
        references: &[("facility_id", "facilities.csv", "facility_id")],
    },
    ContractTable {
        file: "facilities.csv",
        description: "Places where sport happens.",
        key: &["facility_id"],
        columns: &[
            required(FACILITY),
            text("operator_id", "Identifier of who runs it"),
            text("name", "Name of the facility"),
            text("type", "Kind of facility"),
            text("territory", "Code of the territory it lies in"),
            LAT,
            LON,
            measured("floor_area_m2", "Floor area for sport", "m2"),
            measured("capacity", "Places at one time", "people"),
        ],
        references: &[
            ("operator_id", "operators.csv", "operator_id"),
            ("territory", "territories.csv", "territory"),
        ],
    },
    ContractTable {
        file: "operators.csv",
        description: "Organisations and people who run facilities.",
        key: &["operator_id"],
        columns: &[
            required(text(
                "operator_id",
                "Business number, hash of a personal number, or foreign identifier",
            )),
            text("name", "Name of the operator"),
            text("legal_form", "Legal form"),
        ],
        references: &[],
    },
    ContractTable {
        file: "territories.csv",
        description: "Territories, each with the one it is a part of.",
        key: &["territory"],
        columns: &[
            required(text("territory", "Code of the territory")),
            text("parent", "Code of the territory it is a part of"),
            text("name_en", "Name in English"),
            text("name_kk", "Name in Kazakh"),
            text("name_ru", "Name in Russian"),
            required(text("level", "Level, such as region or district")),
            measured("population", "Residents", "people"),
        ],
        references: &[("parent", "territories.csv", "territory")],
    },
    ContractTable {
        file: "checks.csv",
        description: "What registers and verifiers answered about operators.",
        key: &[],
        columns: &[
            required(text("operator_id", "Identifier of the operator")),
            required(text("check", "Name of the check")),
            required(text("outcome", "pass, fail or unknown")),
            required(date("as_of", "Day on which the source said so")),
            required(text("source", "Who said so")),
            text("evidence", "Where it can be read"),
        ],
        references: &[("operator_id", "operators.csv", "operator_id")],
    },
    ContractTable {
        file: "population.csv",
        description: "Where people live, as points.",
        key: &["point_id"],
        columns: &[
            required(text("point_id", "Identifier of the point")),
            LAT,
            LON,
            number("x", "Easting in a plane"),
            number("y", "Northing in a plane"),
            text("territory", "Code of the territory it lies in"),
            measured("population", "Residents", "people"),
        ],
        references: &[("territory", "territories.csv", "territory")],
    },
    ContractTable {
        file: "travel_times.csv",
        description: "How long it takes from where people live to facilities; a pair that is not here is out of reach.",
        key: &["point_id", "facility_id"],
        columns: &[
            required(text("point_id", "Identifier of the point")),
            required(FACILITY),
            required(measured("minutes", "How long it takes", "minutes")),
        ],
        references: &[
            ("point_id", "population.csv", "point_id"),
            ("facility_id", "facilities.csv", "facility_id"),
        ],
    },
    ContractTable {
        file: "timesheets/",
        description: "Attendance of one month by section and participant.",
        key: &["section_id", "participant"],
        columns: &[
            required(SECTION),
            required(PARTICIPANT),
            measured("sessions_held", "Sessions held in the month", "sessions"),
            measured("sessions_present", "Sessions the participant came to", "sessions"),
            text("signed_at", "When it was signed"),
        ],
        references: &[],
    },
    ContractTable {
        file: "attendance/",
        description: "Attendance session by session.",
        key: &[],
        columns: &[
            required(FACILITY),
            required(SECTION),
            required(PARTICIPANT),
            text("coach_id", "Identifier of the coach"),
            text("starts_at", "When the session began"),
            text("ends_at", "When the session ended"),
            truth("present", "Whether the participant was there"),
        ],
        references: &[("facility_id", "facilities.csv", "facility_id")],
    },
    ContractTable {
        file: "observations.csv",
        description: "What residents saw at facilities.",
        key: &[],
        columns: &[
            required(FACILITY),
            text("observer", "Keyed hash of the observer"),
            required(text("question", "What was asked")),
            required(text("answer", "What was answered")),
            text("observed_at", "When it was seen, with the time of day where it is known"),
            text("kind", "citizen, inspector, panel or interview; nothing is citizen"),
            text("device", "Keyed hash of the device it came from"),
            text("text_hash", "Keyed hash of what else was written"),
        ],
        references: &[("facility_id", "facilities.csv", "facility_id")],
    },
    ContractTable {
        file: "history.csv",
        description: "Earlier awards and payments.",
        key: &[],
        columns: &[
            FACILITY,
            text("operator_id", "Identifier of who was paid"),
            text("period", "Year or month"),
            required(number("amount", "Amount, in the round's currency")),
        ],
        // Earlier rounds paid facilities and operators that are gone.
        references: &[],
    },
    ContractTable {
        file: "journeys.csv",
        description: "How people get to a facility, and what stands in their way.",
        key: &[],
        columns: &[
            required(FACILITY),
            text("step", "Part of the way"),
            measured("minutes", "How long it takes", "minutes"),
            text("obstacle", "What stands in the way"),
            text("told_at", "When it was told"),
            text("journey_id", "Which journey the step belongs to"),
            text("teller", "Keyed hash of who told it"),
            text("coder", "Who coded it, where several did"),
        ],
        references: &[("facility_id", "facilities.csv", "facility_id")],
    },
    ContractTable {
        file: "flags.csv",
        description: "What the detectors found; each to be looked at by a person.",
        key: &[],
        columns: &[
            required(text("detector", "Name of the detector")),
            required(text("subject_kind", "What kind of thing was flagged")),
            required(text("subject_id", "Identifier of what was flagged")),
            text("severity", "How much it matters"),
            FACILITY,
            text("evidence", "The rows it rests on"),
            text("sentence", "The finding in words"),
        ],
        references: &[],
    },
];

/// The contract of a file, when it names it.
pub fn contract_table(file: &str) -> Option<&'static ContractTable> {
    CONTRACT.iter().find(|t| {
        if t.file.ends_with('/') {
            file.starts_with(t.file) && Path::new(file).extension().is_some_and(|e| e == "csv")
        } else {
            t.file == file
        }
    })
}

/// A column of the contract.
pub fn contract_column(file: &str, column: &str) -> Option<&'static ContractColumn> {
    contract_table(file)?.columns.iter().find(|c| c.name == column)
}

/// The type that the contract gives a column of a file; `None` for columns that it leaves free.
pub fn contract_type(file: &str, column: &str) -> Option<ColumnType> {
    contract_column(file, column).map(|c| c.column_type)
}
