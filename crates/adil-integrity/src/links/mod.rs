//! Operators joined by what they share: a head, a founder, an account, a phone, an address.
//!
//! A shared business centre is not guilt: one thing alone seldom links two operators, a combination does, and what
//! very many share counts nothing. Links are questions with their evidence; a policy decides what follows.

mod concentration;
mod graph;
mod interests;
mod reading;

pub use concentration::{ClusterMoney, Concentration, ConcentrationError, concentration};
pub use graph::{Cluster, Crowded, Link, Links, Shared, links};
pub use interests::{Because, Found, Interest, Interests, Step, interests};
pub use reading::{Reading, Rules, Share, Tie};
