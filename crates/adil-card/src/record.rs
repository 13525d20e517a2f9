//! The fields of the United Kingdom's Algorithmic Transparency Recording Standard.

/// The version whose fields these are.
pub const VERSION: &str = "3.0";

/// A part of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Tier 1: for everybody.
    Overview,
    /// Tier 2: who owns it.
    Owner,
    /// What it is for, and why.
    Rationale,
    /// What people decide.
    Process,
    /// The tool.
    Tool,
    /// Its model.
    Model,
    /// The data.
    Data,
    /// Risks and assessments.
    Risks,
}

impl Part {
    /// All parts, in their order.
    pub const ALL: [Self; 8] = [
        Self::Overview,
        Self::Owner,
        Self::Rationale,
        Self::Process,
        Self::Tool,
        Self::Model,
        Self::Data,
        Self::Risks,
    ];

    /// The word in messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Owner => "owner",
            Self::Rationale => "rationale",
            Self::Process => "process",
            Self::Tool => "tool",
            Self::Model => "model",
            Self::Data => "data",
            Self::Risks => "risks",
        }
    }
}

/// One field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its number in the standard.
    pub number: &'static str,
    /// Its attribute in the standard, which is its key in `ABOUT.toml`.
    pub key: &'static str,
    /// The part that it belongs to.
    pub part: Part,
    /// Whether the model's file or the data say something of it.
    pub is_known: bool,
}

const fn owner(number: &'static str, key: &'static str, part: Part) -> Field {
    Field { number, key, part, is_known: false }
}

const fn known(number: &'static str, key: &'static str, part: Part) -> Field {
    Field { number, key, part, is_known: true }
}

/// All fields of both tiers, in their order.
pub const FIELDS: [Field; 50] = [
    owner("1.1", "name", Part::Overview),
    owner("1.2", "description", Part::Overview),
    owner("1.3", "website_url", Part::Overview),
    owner("1.4", "contact_email", Part::Overview),
    owner("2.1.1", "organisation_or_department", Part::Owner),
    owner("2.1.2", "team", Part::Owner),
    owner("2.1.3", "senior_responsible_owner", Part::Owner),
    owner("2.1.4", "external_supplier_involvement", Part::Owner),
    owner("2.1.4.1", "external_supplier", Part::Owner),
    owner("2.1.4.2", "companies_house_number", Part::Owner),
    owner("2.1.4.3", "external_supplier_role", Part::Owner),
    owner("2.1.4.4", "procurement_procedure_type", Part::Owner),
    owner("2.1.4.5", "data_access_terms", Part::Owner),
    known("2.2.1", "detailed_description", Part::Rationale),
    owner("2.2.2", "scope", Part::Rationale),
    owner("2.2.3", "benefit", Part::Rationale),
    owner("2.2.4", "previous_process", Part::Rationale),
    owner("2.2.5", "alternatives_considered", Part::Rationale),
    owner("2.3.1", "process_integration", Part::Process),
    known("2.3.2", "provided_information", Part::Process),
    owner("2.3.3", "frequency_and_scale_of_usage", Part::Process),
    owner("2.3.4", "human_decisions_and_review", Part::Process),
    owner("2.3.5", "required_training", Part::Process),
    owner("2.3.6", "appeals_and_review", Part::Process),
    known("2.4.1.1", "system_architecture", Part::Tool),
    owner("2.4.1.2", "phase", Part::Tool),
    owner("2.4.1.3", "maintenance", Part::Tool),
    known("2.4.1.4", "models", Part::Tool),
    owner("2.4.2.1", "model_name", Part::Model),
    known("2.4.2.2", "model_version", Part::Model),
    known("2.4.2.3", "model_task", Part::Model),
    known("2.4.2.4", "model_input", Part::Model),
    known("2.4.2.5", "model_output", Part::Model),
    known("2.4.2.6", "model_architecture", Part::Model),
    known("2.4.2.7", "model_performance", Part::Model),
    known("2.4.2.8", "datasets", Part::Model),
    known("2.4.2.9", "dataset_purposes", Part::Model),
    owner("2.4.3.1", "source_data_name", Part::Data),
    known("2.4.3.2", "data_modality", Part::Data),
    owner("2.4.3.3", "data_description", Part::Data),
    known("2.4.3.4", "data_quantities", Part::Data),
    owner("2.4.3.5", "sensitive_attributes", Part::Data),
    known("2.4.3.6", "data_completeness_and_representativeness", Part::Data),
    owner("2.4.3.7", "source_data_url", Part::Data),
    owner("2.4.3.8", "data_collection", Part::Data),
    owner("2.4.3.9", "data_cleaning", Part::Data),
    owner("2.4.3.10", "data_sharing_agreements", Part::Data),
    owner("2.4.3.11", "data_access_and_storage", Part::Data),
    owner("2.5.1", "impact_assessment", Part::Risks),
    owner("2.5.2", "risks_and_mitigations", Part::Risks),
];
