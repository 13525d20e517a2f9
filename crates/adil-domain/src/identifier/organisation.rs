//! An organisation's identifier.

use std::fmt;

use super::{Bin, Scheme, kz};

/// An organisation's identifier, well made by its scheme. It is public and prints itself.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrganisationId {
    scheme: Scheme,
    text: String,
}

impl OrganisationId {
    pub(super) fn new(scheme: Scheme, text: &str) -> Self {
        Self { scheme, text: text.to_owned() }
    }

    /// The scheme that vouches for its make-up.
    pub const fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The identifier as tables hold it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What a BIN says by itself; `None` for an identifier of another scheme.
    pub fn bin(&self) -> Option<Bin> {
        if self.scheme == Scheme::KzBin { kz::check_bin(&self.text).ok() } else { None }
    }
}

impl fmt::Display for OrganisationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for OrganisationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.scheme.label(), self.text)
    }
}
