//! What counted when two operators were compared, as data.

use super::likeness::Likeness;

/// Whether two records are one operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// One operator. Where no identifier says so it is a proposal: see [`Comparison::basis`].
    Same,
    /// A person must look.
    Unsure,
    /// Two.
    Different,
}

/// What an outcome rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// Valid identifiers on both sides: they decide.
    Identifier,
    /// Names and what stands beside them: they propose.
    Name,
}

/// What was compared, and how it came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Finding {
    /// Valid identifiers that are equal.
    IdentifierEqual,
    /// Valid identifiers that differ.
    IdentifierDifferent,
    /// Equal identifiers that nothing vouches for, or equal but for zeros lost at the front.
    IdentifierUnchecked,
    /// The same legal form.
    FormEqual,
    /// Two legal forms: two legal persons, however alike their names.
    FormDifferent,
    /// A word of both names.
    Word(Likeness),
    /// A word that only one of them has.
    WordMissing,
    /// The same letters, parted into other words, but perhaps for an ending.
    WholeEqual,
    /// A word of the field, such as club, in both.
    KindEqual,
    /// A word of the field in one of them.
    KindMissing,
    /// A word of rank in one of them, such as regional or specialised.
    RankMissing,
    /// Each has words of the field that the other has not.
    KindDifferent,
    /// Each has a sport that the other has not.
    SportDifferent,
    /// The same numbers, or a plus sign in both.
    NumberEqual,
    /// A number, or a plus sign, in one of them.
    NumberMissing,
    /// Other numbers.
    NumberDifferent,
    /// The first letter of a given name fits.
    InitialFits,
    /// A given name that only one of them states.
    InitialMissing,
    /// Given names that can't be one person's.
    GivenDifferent,
    /// A surname of a man beside that of a woman.
    SurnameGender,
    /// The same place, or one within the other.
    PlaceEqual,
    /// Another place.
    PlaceDifferent,
    /// Nothing in the names tells them apart from others of their kind.
    NothingDistinct,
    /// Another record fits as well, so nobody can say which.
    Rivals,
}

impl Finding {
    /// The word for programs, and the end of the name of its sentence.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::IdentifierEqual => "identifier-equal",
            Self::IdentifierDifferent => "identifier-different",
            Self::IdentifierUnchecked => "identifier-unchecked",
            Self::FormEqual => "form-equal",
            Self::FormDifferent => "form-different",
            Self::Word(Likeness::Equal) => "word-equal",
            Self::Word(Likeness::Inflected) => "word-inflected",
            Self::Word(Likeness::Spelled) => "word-spelled",
            Self::Word(Likeness::Slip) => "word-slip",
            Self::Word(Likeness::CutShort) => "word-cut-short",
            Self::WordMissing => "word-missing",
            Self::WholeEqual => "whole-equal",
            Self::KindEqual => "kind-equal",
            Self::KindMissing => "kind-missing",
            Self::RankMissing => "rank-missing",
            Self::KindDifferent => "kind-different",
            Self::SportDifferent => "sport-different",
            Self::NumberEqual => "number-equal",
            Self::NumberMissing => "number-missing",
            Self::NumberDifferent => "number-different",
            Self::InitialFits => "initial-fits",
            Self::InitialMissing => "initial-missing",
            Self::GivenDifferent => "given-different",
            Self::SurnameGender => "surname-gender",
            Self::PlaceEqual => "place-equal",
            Self::PlaceDifferent => "place-different",
            Self::NothingDistinct => "nothing-distinct",
            Self::Rivals => "rivals",
        }
    }

    /// All of them, in the order of the published table.
    pub const ALL: [Self; 28] = [
        Self::IdentifierEqual,
        Self::IdentifierDifferent,
        Self::IdentifierUnchecked,
        Self::FormEqual,
        Self::FormDifferent,
        Self::Word(Likeness::Equal),
        Self::Word(Likeness::Inflected),
        Self::Word(Likeness::Spelled),
        Self::Word(Likeness::Slip),
        Self::Word(Likeness::CutShort),
        Self::WordMissing,
        Self::WholeEqual,
        Self::KindEqual,
        Self::KindMissing,
        Self::RankMissing,
        Self::KindDifferent,
        Self::SportDifferent,
        Self::NumberEqual,
        Self::NumberMissing,
        Self::NumberDifferent,
        Self::InitialFits,
        Self::InitialMissing,
        Self::GivenDifferent,
        Self::SurnameGender,
        Self::PlaceEqual,
        Self::PlaceDifferent,
        Self::NothingDistinct,
        Self::Rivals,
    ];

    /// What it counts, in whole points, for a word of ordinary rarity; `None` where it decides, whatever else was found.
    pub const fn points(self) -> Option<i32> {
        Some(match self {
            Self::IdentifierEqual | Self::IdentifierDifferent | Self::Rivals => return None,
            Self::Word(likeness) => super::parse::WORD * likeness.sixths() / 6,
            Self::WholeEqual => super::parse::WORD,
            Self::IdentifierUnchecked => 5,
            Self::NumberEqual => 3,
            Self::InitialFits | Self::PlaceEqual => 2,
            Self::FormEqual | Self::KindEqual => 1,
            Self::NothingDistinct => 0,
            Self::KindMissing => -1,
            Self::InitialMissing | Self::SurnameGender => -2,
            Self::RankMissing => -3,
            Self::PlaceDifferent => -4,
            Self::KindDifferent => -5,
            Self::WordMissing => 1 - super::parse::WORD,
            Self::FormDifferent | Self::NumberMissing | Self::GivenDifferent => -8,
            Self::SportDifferent | Self::NumberDifferent => -10,
        })
    }
}

/// One thing that counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What was found.
    pub finding: Finding,
    /// What stands in the first name; empty where nothing does. A person's identifier never stands here.
    pub left: String,
    /// What stands in the second.
    pub right: String,
    /// What it counted; zero where it decided instead.
    pub points: i32,
}

/// Two operators compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Whether they are one.
    pub outcome: Outcome,
    /// What that rests on.
    pub basis: Basis,
    /// The sum of the evidence.
    pub points: i32,
    /// All that counted.
    pub evidence: Vec<Evidence>,
}

impl Outcome {
    /// The word for programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Unsure => "unsure",
            Self::Different => "different",
        }
    }
}

impl Basis {
    /// The word for programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Identifier => "identifier",
            Self::Name => "name",
        }
    }
}
